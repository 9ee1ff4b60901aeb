#!/bin/sh
# Told the address that customers come in by, and who takes over when nobody else does.
serve --site "${site}" --fallback "${first}" --listen 8080
