/** What one sandbox may use of this machine, each with its reason. */

/** Bytes of memory: the control plane with Delve takes some 700 MB; the rest is the reader's, and its tmpfs counts too. */
export const MEMORY = 1500 * 1024 * 1024
/** Bytes that may wait in TCP sockets where they are not counted as memory: all of them together could starve the machine's own. */
export const SOCKETS = 64 * 1024 * 1024
/** Processes and threads: the control plane has some 60. A fork bomb ends here. */
export const PROCESSES = 512
/** CPU as a percentage of one core: a start is quick, and one reader cannot take a machine of two cores alone. */
export const CPU_PERCENT = 150
/** Open files of a process. */
export const OPEN_FILES = 16_384
/** Pseudo-terminals: two are the page's, the rest for tmux and the like. The machine has some 4,000 in all. */
export const TERMINALS = 64
/** Bytes of one file. */
export const FILE_SIZE = 2_147_483_648
/** Sizes of the folders a learner may write to, bytes. All of them are memory. */
export const FOLDERS = {
  home: 67_108_864,
  tmp: 134_217_728,
  etcd: 134_217_728,
  log: 33_554_432,
  shm: 16_777_216,
  kubernetes: 1_048_576,
  root: 16_777_216,
} as const
