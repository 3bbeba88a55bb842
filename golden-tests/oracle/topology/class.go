package main

import (
	"context"
	"fmt"
	"sort"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/utils/ptr"
	clusterv1 "sigs.k8s.io/cluster-api/api/core/v1beta2"
	"sigs.k8s.io/cluster-api/controllers/external"
	"sigs.k8s.io/cluster-api/util/conditions"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"stackc/oracle/core/objects"
)

// Reconcile reproduces what the ClusterClass controller does for a class with
// inline patches only: it requires the templates to exist and publishes the
// variables in the status. The controller itself needs a server to patch.
func (e *engine) Reconcile(ctx context.Context, reader client.Client, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	class := &clusterv1.ClusterClass{}
	if err := reader.Get(ctx, client.ObjectKeyFromObject(object), class); err != nil {
		return nil, err
	}
	for _, reference := range templateReferences(class) {
		if _, err := external.Get(ctx, reader, reference.ToObjectReference(class.Namespace)); err != nil {
			return nil, fmt.Errorf("ClusterClass %q: %w", class.Name, err)
		}
	}
	class.Status.Variables = statusVariables(class.Spec.Variables)
	class.Status.ObservedGeneration = class.Generation
	conditions.Set(class, metav1.Condition{
		Type:   clusterv1.ClusterClassVariablesReadyCondition,
		Status: metav1.ConditionTrue,
		Reason: clusterv1.ClusterClassVariablesReadyReason,
	})
	return objects.ToUnstructured(class, clusterv1.GroupVersion.WithKind("ClusterClass"))
}

func templateReferences(class *clusterv1.ClusterClass) []clusterv1.ClusterClassTemplateReference {
	references := []clusterv1.ClusterClassTemplateReference{
		class.Spec.Infrastructure.TemplateRef,
		class.Spec.ControlPlane.TemplateRef,
	}
	if machines := class.Spec.ControlPlane.MachineInfrastructure.TemplateRef; machines.IsDefined() {
		references = append(references, machines)
	}
	for _, workers := range class.Spec.Workers.MachineDeployments {
		references = append(references, workers.Bootstrap.TemplateRef, workers.Infrastructure.TemplateRef)
	}
	for _, workers := range class.Spec.Workers.MachinePools {
		references = append(references, workers.Bootstrap.TemplateRef, workers.Infrastructure.TemplateRef)
	}
	return references
}

func statusVariables(variables []clusterv1.ClusterClassVariable) []clusterv1.ClusterClassStatusVariable {
	var published []clusterv1.ClusterClassStatusVariable
	for _, variable := range variables {
		published = append(published, clusterv1.ClusterClassStatusVariable{
			Name:                variable.Name,
			DefinitionsConflict: ptr.To(false),
			Definitions: []clusterv1.ClusterClassStatusVariableDefinition{{
				From:                      clusterv1.VariableDefinitionFromInline,
				Required:                  variable.Required,
				DeprecatedV1Beta1Metadata: variable.DeprecatedV1Beta1Metadata,
				Schema:                    variable.Schema,
			}},
		})
	}
	sort.SliceStable(published, func(i, j int) bool { return published[i].Name < published[j].Name })
	return published
}
