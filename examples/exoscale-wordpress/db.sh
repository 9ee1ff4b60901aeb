#!/bin/bash
# First boot of the database server: MySQL with one database for WordPress.
set -euo pipefail

if [ ! -x /usr/sbin/mysqld ]; then
${install}
fi

password=$(cat <<'END'
${db_password}
END
)

quoted=$(sed "s/[\\\\']/\\\\&/g" <<<"$password")
mysql <<END
CREATE DATABASE IF NOT EXISTS \`${db_name}\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '${db_user}'@'%';
ALTER USER '${db_user}'@'%' IDENTIFIED BY '$quoted' REQUIRE SSL;
GRANT ALL PRIVILEGES ON \`${db_name}\`.* TO '${db_user}'@'%';
END

# Only now can the web servers connect: they wait for the port. Everybody else is kept out by the
# security group.
cat >/etc/mysql/mysql.conf.d/zz-wordpress.cnf <<'END'
[mysqld]
bind-address = 0.0.0.0
mysqlx = OFF
END
systemctl restart mysql
