#!/bin/bash
# The portal: a web server whose page links to what the hardware service says.
set -euo pipefail
dnf install -y nginx
install -d /srv/portal/test
echo ok >/srv/portal/test/index.html
cat >/srv/portal/index.html <<'HTML'
<!doctype html>
<title>Portal</title>
<h1>${greeting}</h1>
<p><a href="/hardware/">hardware</a></p>
HTML
cat >/etc/nginx/conf.d/portal.conf <<'NGINX'
server {
  listen 80 default_server;
  root /srv/portal;
  location /hardware/ { proxy_pass http://${hardware}:5000/; }
}
NGINX
systemctl enable --now nginx
