package session

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"stackc/oracle/core/apiserver"
)

// clusterUID is the identity of every Cluster: owner references need one.
const clusterUID = "00000000-0000-0000-0000-000000000001"

type admitted struct {
	OK      bool           `json:"ok"`
	Cluster map[string]any `json:"cluster"`
}

type desired struct {
	Objects []map[string]any `json:"objects"`
}

// compute admits a new Cluster and, if asked to, runs the topology engine on it.
func (s *Session) compute(ctx context.Context, cluster *unstructured.Unstructured, wantDesired bool) any {
	if cluster.GetNamespace() == "" {
		cluster.SetNamespace(s.namespace)
	}
	stored, err := s.server.Admit(ctx, cluster)
	if err != nil {
		return failure(&apiserver.PhaseError{Phase: phaseClusterAdmission, Err: err})
	}
	if !wantDesired {
		return admitted{OK: true, Cluster: withoutServerFields(stored)}
	}
	stored.SetUID(clusterUID)
	objects, err := s.engine.Compute(ctx, s.client, stored)
	if err != nil {
		return failure(&apiserver.PhaseError{Phase: phaseTopology, Err: err})
	}
	answer := desired{Objects: []map[string]any{}}
	for _, object := range objects {
		answer.Objects = append(answer.Objects, withoutServerFields(object))
	}
	return answer
}

// withoutServerFields drops what the server owns, and what only the Go
// encoding of typed objects adds.
func withoutServerFields(object *unstructured.Unstructured) map[string]any {
	unstructured.RemoveNestedField(object.Object, "status")
	unstructured.RemoveNestedField(object.Object, "metadata", "generation")
	dropNullTimestamps(object.Object)
	return object.Object
}

func dropNullTimestamps(value any) {
	switch value := value.(type) {
	case map[string]any:
		if timestamp, ok := value["creationTimestamp"]; ok && timestamp == nil {
			delete(value, "creationTimestamp")
		}
		for _, child := range value {
			dropNullTimestamps(child)
		}
	case []any:
		for _, child := range value {
			dropNullTimestamps(child)
		}
	}
}
