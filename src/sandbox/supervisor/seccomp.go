// The seccomp filter of a sandbox: refuses the system calls a learner has no use for and the kernel has had trouble with.
package main

import (
	"encoding/binary"
	"io"
	"runtime"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// ptrace and personality stay allowed: Delve needs them.
var refused = []uint32{
	unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_CHROOT,
	unix.SYS_OPEN_TREE, unix.SYS_MOVE_MOUNT, unix.SYS_FSOPEN, unix.SYS_FSMOUNT, unix.SYS_FSCONFIG, unix.SYS_FSPICK, unix.SYS_MOUNT_SETATTR,
	unix.SYS_SETNS, unix.SYS_UNSHARE,
	unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_USERFAULTFD,
	unix.SYS_IO_URING_SETUP, unix.SYS_IO_URING_ENTER, unix.SYS_IO_URING_REGISTER,
	unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
	unix.SYS_KEXEC_LOAD, unix.SYS_KEXEC_FILE_LOAD, unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_DELETE_MODULE,
	unix.SYS_OPEN_BY_HANDLE_AT, unix.SYS_QUOTACTL, unix.SYS_QUOTACTL_FD,
	unix.SYS_SWAPON, unix.SYS_SWAPOFF, unix.SYS_REBOOT, unix.SYS_ACCT, unix.SYS_SYSLOG,
}

const newNamespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC |
	unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET

// A network namespace does not keep AF_VSOCK apart, so families are allowed by name.
var socketFamilies = []uint32{unix.AF_UNIX, unix.AF_INET, unix.AF_INET6, unix.AF_NETLINK}

// Offsets in the kernel's struct seccomp_data. Flags, requests and families are 32 bits wide in the kernel: only the low word counts.
const (
	numberOffset        = 0
	architectureOffset  = 4
	firstArgumentOffset = 16
	argumentSize        = 8
)

var (
	allow        = bpf.RetConstant{Val: unix.SECCOMP_RET_ALLOW}
	notPermitted = refuse(unix.EPERM)
	noSuchCall   = refuse(unix.ENOSYS)
)

func refuse(why unix.Errno) bpf.Instruction {
	return bpf.RetConstant{Val: unix.SECCOMP_RET_ERRNO | uint32(why)}
}

// writeSeccompFilter writes the filter as an array of struct sock_filter for this machine's architecture.
func writeSeccompFilter(to io.Writer) error {
	raw, err := bpf.Assemble(seccompFilter())
	if err != nil {
		return err
	}
	return binary.Write(to, binary.NativeEndian, raw)
}

func seccompFilter() []bpf.Instruction {
	architecture := uint32(unix.AUDIT_ARCH_X86_64)
	if runtime.GOARCH == "arm64" {
		architecture = unix.AUDIT_ARCH_AARCH64
	}
	filter := []bpf.Instruction{
		// Calls of another architecture have other numbers: all are refused.
		load(architectureOffset), bpf.JumpIf{Cond: bpf.JumpEqual, Val: architecture, SkipTrue: 1}, noSuchCall,
		load(numberOffset),
	}
	if runtime.GOARCH == "amd64" {
		const x32 = 0x40000000
		filter = append(filter, bpf.JumpIf{Cond: bpf.JumpGreaterOrEqual, Val: x32, SkipFalse: 1}, noSuchCall)
	}
	for _, call := range refused {
		filter = append(filter, when(call, notPermitted)...)
	}
	// Its flags lie in memory, out of a filter's sight; libraries fall back to clone.
	filter = append(filter, when(unix.SYS_CLONE3, noSuchCall)...)
	filter = append(filter, when(unix.SYS_CLONE,
		argument(0), bpf.JumpIf{Cond: bpf.JumpBitsSet, Val: newNamespaces, SkipFalse: 1}, notPermitted, allow)...)
	// Puts keys into a terminal as if typed.
	filter = append(filter, when(unix.SYS_IOCTL,
		argument(1), bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.TIOCSTI, SkipFalse: 1}, notPermitted, allow)...)
	families := []bpf.Instruction{argument(0)}
	for _, family := range socketFamilies {
		families = append(families, bpf.JumpIf{Cond: bpf.JumpEqual, Val: family, SkipFalse: 1}, allow)
	}
	filter = append(filter, when(unix.SYS_SOCKET, append(families, refuse(unix.EAFNOSUPPORT))...)...)
	return append(filter, allow)
}

func load(offset uint32) bpf.Instruction { return bpf.LoadAbsolute{Off: offset, Size: 4} }

// argument loads the low word; both architectures are little endian.
func argument(index uint32) bpf.Instruction { return load(firstArgumentOffset + index*argumentSize) }

// when runs the body, which must return, for one system call.
func when(call uint32, body ...bpf.Instruction) []bpf.Instruction {
	return append([]bpf.Instruction{bpf.JumpIf{Cond: bpf.JumpEqual, Val: call, SkipFalse: uint8(len(body))}}, body...)
}
