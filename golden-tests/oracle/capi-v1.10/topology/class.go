package main

import (
	"context"
	"fmt"
	"sort"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	clusterv1 "sigs.k8s.io/cluster-api/api/v1beta1"
	"sigs.k8s.io/cluster-api/controllers/external"
	"sigs.k8s.io/cluster-api/util/conditions"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"stackc/oracle/core/objects"
)

// Reconcile reproduces what the ClusterClass controller does for a class with
// inline patches only: it requires the templates to exist and publishes the
// variables in the status. The controller itself is not exported.
func (e *engine) Reconcile(ctx context.Context, reader client.Client, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	class := &clusterv1.ClusterClass{}
	if err := reader.Get(ctx, client.ObjectKeyFromObject(object), class); err != nil {
		return nil, err
	}
	for _, reference := range templateReferences(class) {
		if _, err := external.Get(ctx, reader, reference); err != nil {
			return nil, fmt.Errorf("ClusterClass %q: %w", class.Name, err)
		}
	}
	class.Status.Variables = statusVariables(class.Spec.Variables)
	class.Status.ObservedGeneration = class.Generation
	conditions.MarkTrue(class, clusterv1.ClusterClassVariablesReconciledCondition)
	return objects.ToUnstructured(class, clusterv1.GroupVersion.WithKind("ClusterClass"))
}

func templateReferences(class *clusterv1.ClusterClass) []*corev1.ObjectReference {
	references := []*corev1.ObjectReference{class.Spec.Infrastructure.Ref, class.Spec.ControlPlane.Ref}
	if machines := class.Spec.ControlPlane.MachineInfrastructure; machines != nil {
		references = append(references, machines.Ref)
	}
	for _, workers := range class.Spec.Workers.MachineDeployments {
		references = append(references, workers.Template.Bootstrap.Ref, workers.Template.Infrastructure.Ref)
	}
	for _, workers := range class.Spec.Workers.MachinePools {
		references = append(references, workers.Template.Bootstrap.Ref, workers.Template.Infrastructure.Ref)
	}
	return references
}

func statusVariables(variables []clusterv1.ClusterClassVariable) []clusterv1.ClusterClassStatusVariable {
	var published []clusterv1.ClusterClassStatusVariable
	for _, variable := range variables {
		published = append(published, clusterv1.ClusterClassStatusVariable{
			Name: variable.Name,
			Definitions: []clusterv1.ClusterClassStatusVariableDefinition{{
				From:     clusterv1.VariableDefinitionFromInline,
				Required: variable.Required,
				Metadata: variable.Metadata,
				Schema:   variable.Schema,
			}},
		})
	}
	sort.SliceStable(published, func(i, j int) bool { return published[i].Name < published[j].Name })
	return published
}
