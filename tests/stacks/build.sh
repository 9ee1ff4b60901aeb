#!/bin/sh
# Runs on the builder: installs, then powers off.
apt-get update && apt-get install -y ${packages}
poweroff
