#!/usr/bin/env bash
# The AWS example on moto's server, with an accident at a write of apply and at one of destroy: SIGKILL
# before the cloud gets it ("before") or after the work is done ("after"), the connection closed before
# the work ("unheard") or after it ("unanswered"). Whoever lives goes on, the next run finishes what
# the dead began; then a plan is quiet, nothing is there twice, and boto3 finds all as after an
# undisturbed run. A sample of the writes; all of them with STACKCTL_AWS_KILL=all (a quarter of an hour).
. "$(dirname "$0")/aws_accidents.sh"
portal
meddle
undisturbed
lives before:3:26 unanswered:11:26 after:5:26 unheard:17:26
finish
