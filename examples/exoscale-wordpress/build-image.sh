#!/bin/bash
# Runs on a builder: installs, and powers the machine off. What is left is the image.
set -euo pipefail
${install}
cloud-init clean --logs
poweroff
