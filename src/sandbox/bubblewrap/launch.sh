#!/bin/sh
# Prepares the process that becomes bwrap: joins control groups, mounts what bwrap's user could not reach, and becomes the command.
# launch.sh [cgroup.procs file]... -- [source target]... -- command...
set -e
while [ "$1" != -- ]; do
  echo $$ > "$1"
  shift
done
shift
while [ "$1" != -- ]; do
  mount --bind "$1" "$2"
  shift 2
done
shift
exec "$@"
