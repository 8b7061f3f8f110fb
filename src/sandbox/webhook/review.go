// The reviews of admission.k8s.io/v1, as far as this webhook reads and answers them, and what it makes of a Pod.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

type review struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Request    *request  `json:"request,omitempty"`
	Response   *response `json:"response,omitempty"`
}

type request struct {
	UID  string `json:"uid"`
	Kind struct {
		Kind string `json:"kind"`
	} `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Operation string `json:"operation"`
	Object    struct {
		Metadata struct {
			GenerateName string            `json:"generateName"`
			Labels       map[string]string `json:"labels"`
		} `json:"metadata"`
	} `json:"object"`
}

type response struct {
	UID     string `json:"uid"`
	Allowed bool   `json:"allowed"`
	// What an HTTP answer would say of a refusal.
	Status *status `json:"status,omitempty"`
	// A JSON patch (RFC 6902); in JSON its bytes are base64.
	Patch     []byte  `json:"patch,omitempty"`
	PatchType *string `json:"patchType,omitempty"`
}

type status struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
}

type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// words name what is reviewed: `CREATE Pod default/web`. A name that is to be generated ends in a star, since it is not made yet.
func (r *request) words() string {
	name := r.Name
	if name == "" {
		name = r.Object.Metadata.GenerateName + "*"
	}
	return fmt.Sprintf("%s %s %s/%s", r.Operation, r.Kind.Kind, r.Namespace, name)
}

// mutate adds the label, and the map of labels when there is none.
func mutate(r *request) (*response, string) {
	add := operation{"add", "/metadata/labels/webhook", "was-here"}
	if r.Object.Metadata.Labels == nil {
		add = operation{"add", "/metadata/labels", map[string]string{"webhook": "was-here"}}
	}
	patch, err := json.Marshal([]operation{add})
	if err != nil {
		return refuse(err.Error(), http.StatusInternalServerError)
	}
	kind := "JSONPatch"
	return &response{Allowed: true, Patch: patch, PatchType: &kind}, "allowed, patch " + string(patch)
}

func validate(r *request) (*response, string) {
	if r.Object.Metadata.Labels["forbidden"] == "true" {
		return refuse("a Pod labelled forbidden=true is not wanted here", http.StatusForbidden)
	}
	return &response{Allowed: true}, "allowed"
}

func refuse(message string, code int) (*response, string) {
	return &response{Status: &status{message, code}}, "denied: " + message
}

// slow allows after some time, or gives up when the API server does.
func slow(wait time.Duration, hungUp <-chan struct{}) (*response, string) {
	began := time.Now()
	select {
	case <-time.After(wait):
		return &response{Allowed: true}, fmt.Sprintf("allowed after %.0f s", wait.Seconds())
	case <-hungUp:
		return &response{Allowed: true}, fmt.Sprintf("nobody waits any more after %.0f s", time.Since(began).Seconds())
	}
}
