#!/bin/sh
# Prepares the process that becomes bwrap: joins control groups, mounts what bwrap's user could not reach, and becomes the command.
# launch.sh [cgroup.procs file]... -- [source target]... -- command...
# The source devpts=N stands for N pseudo-terminals of the sandbox's own.
set -e
while [ "$1" != -- ]; do
  echo $$ > "$1"
  shift
done
shift
while [ "$1" != -- ]; do
  case "$1" in
    devpts=*) mount -t devpts -o "newinstance,max=${1#devpts=},ptmxmode=0666,mode=0620" devpts "$2" ;;
    *) mount --bind "$1" "$2" ;;
  esac
  shift 2
done
shift
exec "$@"
