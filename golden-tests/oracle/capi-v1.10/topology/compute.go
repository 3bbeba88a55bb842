package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	clusterv1 "sigs.k8s.io/cluster-api/api/v1beta1"
	"sigs.k8s.io/cluster-api/controllers/external"
	"sigs.k8s.io/cluster-api/exp/topology/desiredstate"
	"sigs.k8s.io/cluster-api/exp/topology/scope"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"stackc/oracle/core/objects"
)

// Compute does what the topology controller does for a Cluster that has no
// objects yet, up to the point where it would write them.
func (e *engine) Compute(ctx context.Context, reader client.Client, object *unstructured.Unstructured) ([]*unstructured.Unstructured, error) {
	cluster := &clusterv1.Cluster{}
	if err := objects.FromUnstructured(object, cluster); err != nil {
		return nil, err
	}
	class := &clusterv1.ClusterClass{}
	if err := reader.Get(ctx, cluster.GetClassKey(), class); err != nil {
		return nil, fmt.Errorf("failed to retrieve ClusterClass %s: %w", cluster.GetClassKey(), err)
	}
	if errs := e.clusterWebhook.DefaultAndValidateVariables(ctx, cluster, nil, class); len(errs) > 0 {
		return nil, errs.ToAggregate()
	}
	state := scope.New(cluster)
	blueprint, err := blueprintOf(ctx, reader, cluster, class)
	if err != nil {
		return nil, fmt.Errorf("error reading the ClusterClass: %w", err)
	}
	state.Blueprint = blueprint
	state.Current.ControlPlane = &scope.ControlPlaneState{}

	// Neither a cluster cache nor runtime extensions play a part in creation.
	desired, err := desiredstate.NewGenerator(reader, nil, nil).Generate(ctx, state)
	if err != nil {
		return nil, fmt.Errorf("error computing the desired state of the Cluster topology: %w", err)
	}
	return listObjects(cluster, desired)
}

// blueprintOf reproduces the topology controller's unexported getBlueprint:
// the class with all templates at the versions it refers to.
func blueprintOf(ctx context.Context, reader client.Client, cluster *clusterv1.Cluster, class *clusterv1.ClusterClass) (*scope.ClusterBlueprint, error) {
	var firstErr error
	get := func(reference *corev1.ObjectReference) *unstructured.Unstructured {
		template, err := external.Get(ctx, reader, reference)
		if err != nil && firstErr == nil {
			firstErr = err
		}
		return template
	}

	blueprint := &scope.ClusterBlueprint{
		Topology:                      cluster.Spec.Topology,
		ClusterClass:                  class,
		InfrastructureClusterTemplate: get(class.Spec.Infrastructure.Ref),
		ControlPlane:                  &scope.ControlPlaneBlueprint{Template: get(class.Spec.ControlPlane.Ref)},
		MachineDeployments:            map[string]*scope.MachineDeploymentBlueprint{},
		MachinePools:                  map[string]*scope.MachinePoolBlueprint{},
	}
	if blueprint.HasControlPlaneInfrastructureMachine() {
		blueprint.ControlPlane.InfrastructureMachineTemplate = get(class.Spec.ControlPlane.MachineInfrastructure.Ref)
	}
	if blueprint.HasControlPlaneMachineHealthCheck() {
		blueprint.ControlPlane.MachineHealthCheck = class.Spec.ControlPlane.MachineHealthCheck
	}
	for _, workers := range class.Spec.Workers.MachineDeployments {
		blueprint.MachineDeployments[workers.Class] = &scope.MachineDeploymentBlueprint{
			Metadata:                      *workers.Template.Metadata.DeepCopy(),
			BootstrapTemplate:             get(workers.Template.Bootstrap.Ref),
			InfrastructureMachineTemplate: get(workers.Template.Infrastructure.Ref),
			MachineHealthCheck:            workers.MachineHealthCheck,
		}
	}
	for _, workers := range class.Spec.Workers.MachinePools {
		blueprint.MachinePools[workers.Class] = &scope.MachinePoolBlueprint{
			Metadata:                          *workers.Template.Metadata.DeepCopy(),
			BootstrapTemplate:                 get(workers.Template.Bootstrap.Ref),
			InfrastructureMachinePoolTemplate: get(workers.Template.Infrastructure.Ref),
		}
	}
	return blueprint, firstErr
}
