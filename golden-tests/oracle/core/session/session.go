// Package session answers the requests of the topology programs: load a
// release, compute a Cluster, validate objects.
package session

import (
	"context"
	"encoding/json"
	"errors"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"stackc/oracle/core/apiserver"
	"stackc/oracle/core/jsonlines"
)

// Engine is one release of Cluster API.
type Engine interface {
	apiserver.Converter
	// Scheme knows the Go types of the release.
	Scheme() *runtime.Scheme
	// RegisterWebhooks registers the admission webhooks of the release.
	RegisterWebhooks(webhooks *apiserver.Webhooks, crds *apiserver.CRDs) error
	// Reconcile does to a stored ClusterClass what its controller does.
	Reconcile(ctx context.Context, reader client.Client, class *unstructured.Unstructured) (*unstructured.Unstructured, error)
	// Compute returns the objects that the topology engine wants for an admitted Cluster.
	Compute(ctx context.Context, reader client.Client, cluster *unstructured.Unstructured) ([]*unstructured.Unstructured, error)
}

// Session is one conversation over standard input and output.
type Session struct {
	engine Engine
	server *apiserver.Server
	client *apiserver.Client

	// namespace is where objects without a namespace go.
	namespace string
}

// New starts a conversation about objects of the given kinds.
func New(engine Engine, crds *apiserver.CRDs) (*Session, error) {
	server := &apiserver.Server{CRDs: crds, Converter: engine}
	server.Reset()
	reader := &apiserver.Client{Server: server, Objects: engine.Scheme()}
	server.Webhooks = apiserver.NewWebhooks(engine.Scheme(), reader)
	if err := engine.RegisterWebhooks(server.Webhooks, crds); err != nil {
		return nil, err
	}
	apiserver.FixNames()
	return &Session{engine: engine, server: server, client: reader, namespace: "default"}, nil
}

type request struct {
	Load *struct {
		Manifests string `json:"manifests"`
		Namespace string `json:"namespace"`
	} `json:"load"`

	Cluster map[string]any `json:"cluster"`
	Desired bool           `json:"desired"`

	ValidateObjects []map[string]any `json:"validateObjects"`
	Webhooks        bool             `json:"webhooks"`
}

// Answer fulfils one request.
func (s *Session) Answer(line json.RawMessage) any {
	ctx := context.Background()
	var r request
	// Unlike encoding/json this keeps integers integers, as API machinery expects.
	if err := utiljson.Unmarshal(line, &r); err != nil {
		return failure(&apiserver.PhaseError{Phase: phaseRequest, Err: err})
	}
	switch {
	case r.Load != nil:
		return s.load(ctx, r.Load.Manifests, r.Load.Namespace)
	case r.Cluster != nil:
		return s.compute(ctx, &unstructured.Unstructured{Object: r.Cluster}, r.Desired)
	case r.ValidateObjects != nil:
		return s.validate(ctx, r.ValidateObjects, r.Webhooks)
	}
	return failure(&apiserver.PhaseError{Phase: phaseRequest, Err: errors.New("expected load, cluster or validateObjects")})
}

// Phases in addition to those of the server.
const (
	phaseRequest          apiserver.Phase = "request"
	phaseLoad             apiserver.Phase = "load"
	phaseReconcile        apiserver.Phase = "reconcile"
	phaseClusterAdmission apiserver.Phase = "cluster-admission"
	phaseTopology         apiserver.Phase = "topology"
)

func failure(err error) jsonlines.Failure {
	answer := jsonlines.Failure{Error: err.Error()}
	var phased *apiserver.PhaseError
	if errors.As(err, &phased) {
		answer.Phase = string(phased.Phase)
	}
	return answer
}
