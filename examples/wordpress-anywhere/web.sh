#!/bin/bash
# First boot of a web server: WordPress on the shared database.
set -euo pipefail
site=/var/www/html

cat >"$site/wp-config.php" <<'END'
<?php
define('DB_HOST', '${db_host}:${db_port}');
define('DB_NAME', '${db_name}');
define('DB_USER', '${db_user}');
define('DB_PASSWORD', <<<'PASSWORD'
${db_password}
PASSWORD);
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT);
define('WP_HOME', 'http://${site_address}');
define('WP_SITEURL', 'http://${site_address}');
// The same on all web servers, so that a login holds whichever of them answers.
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', hash_hmac('sha256', $name . ' key', DB_PASSWORD));
    define($name . '_SALT', hash_hmac('sha256', $name . ' salt', DB_PASSWORD));
}
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
END
chown -R www-data:www-data "$site"
chmod 640 "$site/wp-config.php"

for folder in /etc/php/*/apache2/conf.d; do
  cat >"$folder/99-wordpress.ini" <<'END'
upload_max_filesize = ${upload_limit}
post_max_size = ${upload_limit}
END
done

# The health check asks for the server by its own address; WordPress would send it elsewhere.
cat >/etc/apache2/conf-available/wordpress.conf <<'END'
RequestHeader set Host "${site_address}" early
<Directory /var/www/html>
  AllowOverride All
</Directory>
END
a2enconf -q wordpress
systemctl restart apache2

# The first server to come here sets the site up; the others wait for the lock and find it done.
cat >/root/install-wordpress.php <<'END'
<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '${site_address}';
require '/var/www/html/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$password = <<<'PASSWORD'
${admin_password}
PASSWORD;
if ($password === '') {
    $password = wp_generate_password(24);
}
$wpdb->get_var("SELECT GET_LOCK('install-wordpress', 300)");
if (!is_blog_installed()) {
    wp_install('WordPress', 'admin', 'admin@example.com', true, '', wp_slash($password));
    file_put_contents('/root/wordpress-admin', "admin $password\n");
}
END
php /root/install-wordpress.php
rm /root/install-wordpress.php
