// The control plane of a sandbox: etcd, kube-apiserver, kube-controller-manager, with flags as plain as can be.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

const etcdAddress = "http://127.0.0.1:2379"

// controlEnvironment is what the programs of the control plane see, over what the backend set.
var controlEnvironment = []string{
	// As many threads as the sandbox may use of the machine; the programs cannot see that limit on every kernel.
	"GOMAXPROCS=2",
	// A reader may halt the API server for minutes: clients must not take that for a lost connection.
	"HTTP2_READ_IDLE_TIMEOUT_SECONDS=0",
	// Where a walk asks for spans, they are sent while the reader looks on, not after five seconds; and none is thrown away
	// while the API server starts, which is before anything receives them.
	"OTEL_BSP_SCHEDULE_DELAY=200", "OTEL_BSP_MAX_QUEUE_SIZE=32768",
}

// serverMemory lets the API server collect garbage when memory asks for it, not each time the heap has doubled: it starts with
// 9 collections in place of 35 (half a second of processor time of four) and has as much memory in the end. Not where Delve
// starts it: Delve would have it, too, and needs more.
var serverMemory = []string{"GOGC=400", "GOMEMLIMIT=220MiB"}

// start brings the control plane up and tells `ready` when a Pod can be created, or when Delve holds the API server.
func (s *supervisor) start(substitute [][2]string, wanted setup) error {
	if err := writeHome(substitute, wanted.Files); err != nil {
		return fmt.Errorf("the learner's home: %w", err)
	}
	ca, own, err := writePKI()
	if err != nil {
		return fmt.Errorf("keys and certificates: %w", err)
	}
	cluster, err := newCluster(ca, own)
	if err != nil {
		return err
	}

	s.progress("starting etcd")
	if _, err := s.processes.start("etcd", "/", controlEnvironment, etcdCommand...); err != nil {
		return err
	}
	s.progress("starting the API server")
	command := append([]string{programFolder + "/kube-apiserver"}, serverFlags(wanted.Server)...)
	if wanted.Start == "halted" {
		return s.startHalted(cluster, command)
	}
	serverEnded, err := s.processes.start("kube-apiserver", "/", slices.Concat(controlEnvironment, serverMemory), append([]string{"supervisor", "exec-traceable"}, command...)...)
	if err != nil {
		return err
	}
	if err := s.completeControlPlane(cluster, serverEnded); err != nil {
		return err
	}
	s.debugger.allow(s.processes.ids["kube-apiserver"])
	for _, line := range wanted.Commands {
		s.progress("preparing the walk: " + line)
		if err := runPrepared(line); err != nil {
			return err
		}
	}
	s.out.control(plainMessage{"ready"})
	return nil
}

// startHalted leaves the API server before its first instruction. What needs it to serve is done when it does, however much later.
func (s *supervisor) startHalted(cluster *cluster, command []string) error {
	s.progress("starting the API server under Delve")
	serverEnded, err := s.debugger.launch(controlEnvironment, command)
	if err != nil {
		return err
	}
	cluster.waitAsLongAsItTakes()
	go func() {
		if err := s.completeControlPlane(cluster, serverEnded); err != nil {
			s.out.control(wordsMessage{"progress", err.Error()})
		}
	}()
	s.out.control(plainMessage{"ready"})
	return nil
}

// completeControlPlane waits until the API server serves, then makes the learner admin and starts the controllers.
func (s *supervisor) completeControlPlane(cluster *cluster, serverEnded <-chan struct{}) error {
	if err := cluster.awaitReady(serverEnded); err != nil {
		return err
	}
	if err := cluster.makeLearnerAdmin(); err != nil {
		return err
	}
	s.progress("starting the controllers")
	if _, err := s.processes.start("kube-controller-manager", "/", controlEnvironment, controllerManagerCommand...); err != nil {
		return err
	}
	s.progress("waiting for the default service account")
	return cluster.awaitServiceAccount()
}

func (s *supervisor) progress(words string) { s.out.control(wordsMessage{"progress", words}) }

// runPrepared runs one line as the learner would type it.
func runPrepared(line string) error {
	command := exec.Command("bash", "-c", line)
	command.Dir, command.Env = homeFolder, learnerEnvironment()
	said, err := command.CombinedOutput()
	if err != nil {
		return errors.New("preparing the walk, " + line + ": " + err.Error() + ": " + strings.TrimSpace(string(said)))
	}
	return nil
}

var etcdCommand = []string{"etcd",
	"--name=sandbox", "--data-dir=/var/lib/etcd/data", "--log-level=warn",
	"--listen-client-urls=" + etcdAddress, "--advertise-client-urls=" + etcdAddress,
	"--listen-peer-urls=http://127.0.0.1:2380", "--initial-advertise-peer-urls=http://127.0.0.1:2380",
	"--initial-cluster=sandbox=http://127.0.0.1:2380",
	// Its disk is memory: nothing outlives the sandbox anyway.
	"--unsafe-no-fsync",
	// The heartbeat stays at its default: a slower one would save 2 thousandths of a core, but a lone etcd elects itself only after up to ten.
}

var apiServerFlags = []string{
	"--etcd-servers=" + etcdAddress,
	"--bind-address=127.0.0.1", "--secure-port=6443",
	// Must not be a loopback address; this one is kept for documentation (RFC 5737) and never used.
	"--advertise-address=192.0.2.1", "--endpoint-reconciler-type=none",
	"--tls-cert-file=" + kubernetesFolder + "/pki/apiserver.crt", "--tls-private-key-file=" + kubernetesFolder + "/pki/apiserver.key",
	"--client-ca-file=" + kubernetesFolder + "/pki/ca.crt",
	"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
	"--service-account-key-file=" + kubernetesFolder + "/pki/sa.pub",
	"--service-account-signing-key-file=" + kubernetesFolder + "/pki/sa.key",
	"--service-cluster-ip-range=10.96.0.0/16",
	"--authorization-mode=Node,RBAC",
	// A request carries this deadline from the moment it is received: with the default of a minute, a write that is paused
	// for longer in the debugger would be given up, whatever the patched limit of the handlers is.
	"--request-timeout=24h",
}

// serverFlags are the usual flags with `wanted` after them; a usual one of the same name is left out.
func serverFlags(wanted []string) []string {
	name := func(flag string) string { return strings.SplitN(flag, "=", 2)[0] }
	replaced := map[string]bool{}
	for _, flag := range wanted {
		replaced[name(flag)] = true
	}
	var flags []string
	for _, flag := range apiServerFlags {
		if !replaced[name(flag)] {
			flags = append(flags, flag)
		}
	}
	return append(flags, wanted...)
}

var controllerManagerCommand = []string{"kube-controller-manager",
	"--kubeconfig=" + kubernetesFolder + "/kube-controller-manager.kubeconfig",
	// Without it the controllers share one account that may not create ConfigMaps or write quota.
	"--use-service-account-credentials=true",
	"--service-account-private-key-file=" + kubernetesFolder + "/pki/sa.key",
	"--root-ca-file=" + kubernetesFolder + "/pki/ca.crt",
	"--leader-elect=false",
	"--secure-port=0",
	// Those with nothing to do where there is no node, no volume and no cloud: their informers would only cost every sandbox its share.
	"--controllers=*," + strings.Join(idleControllers, ","),
}

var idleControllers = []string{
	"-certificatesigningrequest-approving-controller", "-certificatesigningrequest-cleaner-controller", "-certificatesigningrequest-signing-controller",
	"-cloud-node-lifecycle-controller", "-device-taint-eviction-controller", "-ephemeral-volume-controller", "-horizontal-pod-autoscaler-controller",
	"-kube-apiserver-serving-clustertrustbundle-publisher-controller", "-legacy-serviceaccount-token-cleaner-controller",
	"-node-ipam-controller", "-node-lifecycle-controller", "-node-route-controller",
	"-persistentvolume-attach-detach-controller", "-persistentvolume-binder-controller", "-persistentvolume-expander-controller",
	"-persistentvolume-protection-controller", "-persistentvolumeclaim-protection-controller", "-podcertificaterequest-cleaner-controller",
	"-resourceclaim-controller", "-service-lb-controller", "-storage-version-migrator-controller", "-storageversion-garbage-collector-controller",
	"-taint-eviction-controller", "-ttl-controller", "-volumeattributesclass-protection-controller",
}

// learnerEnvironment is what the learner's programs see, over what the backend set.
func learnerEnvironment() []string {
	return append(os.Environ(),
		"KUBECONFIG="+kubernetesFolder+"/admin.kubeconfig",
		"ETCDCTL_ENDPOINTS="+etcdAddress,
		"HTTP2_READ_IDLE_TIMEOUT_SECONDS=0",
	)
}
