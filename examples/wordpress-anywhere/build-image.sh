#!/bin/bash
# Runs on a builder: installs Apache, PHP and WordPress, not yet set up, and powers the machine off.
# What is left is the image.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=600 update
apt-get -o DPkg::Lock::Timeout=600 install -y apache2 ca-certificates curl libapache2-mod-php \
  php-curl php-gd php-intl php-mbstring php-mysql php-xml php-zip
curl -fsSL --retry 5 https://wordpress.org/latest.tar.gz |
  tar -xz --strip-components=1 -C /var/www/html
rm -f /var/www/html/index.html
a2enmod -q headers rewrite
cloud-init clean --logs
poweroff
