#!/bin/sh
echo "the shop is at ${site}, its sessions are at ${cache}" > /etc/motd
