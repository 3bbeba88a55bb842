package main

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	clusterv1 "sigs.k8s.io/cluster-api/api/core/v1beta2"
	"sigs.k8s.io/cluster-api/controllers/clustercache"
	"sigs.k8s.io/cluster-api/controllers/external"
	coreadmission "sigs.k8s.io/cluster-api/core/webhooks/admission"
	"sigs.k8s.io/cluster-api/exp/topology/desiredstate"
	"sigs.k8s.io/cluster-api/exp/topology/scope"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"stackc/oracle/core/objects"
)

// noClusterCache is asked only about machine pools that already exist.
type noClusterCache struct{ clustercache.ClusterCache }

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
	if errs := (&coreadmission.Cluster{}).DefaultAndValidateVariables(ctx, cluster, nil, class); len(errs) > 0 {
		return nil, errs.ToAggregate()
	}
	state := scope.New(cluster)
	blueprint, err := blueprintOf(ctx, reader, cluster, class)
	if err != nil {
		return nil, fmt.Errorf("error reading the ClusterClass: %w", err)
	}
	state.Blueprint = blueprint
	state.Current.ControlPlane = &scope.ControlPlaneState{}

	generator, err := desiredstate.NewGenerator(reader, noClusterCache{}, nil, nil, nil)
	if err != nil {
		return nil, err
	}
	desired, err := generator.Generate(ctx, state)
	if err != nil {
		return nil, fmt.Errorf("error computing the desired state of the Cluster topology: %w", err)
	}
	return listObjects(cluster, desired)
}

// blueprintOf reproduces the topology controller's unexported getBlueprint:
// the class with all templates at the versions it refers to.
func blueprintOf(ctx context.Context, reader client.Client, cluster *clusterv1.Cluster, class *clusterv1.ClusterClass) (*scope.ClusterBlueprint, error) {
	var firstErr error
	get := func(reference clusterv1.ClusterClassTemplateReference) *unstructured.Unstructured {
		template, err := external.Get(ctx, reader, reference.ToObjectReference(class.Namespace))
		if err != nil && firstErr == nil {
			firstErr = err
		}
		return template
	}

	blueprint := &scope.ClusterBlueprint{
		Topology:                      cluster.Spec.Topology,
		ClusterClass:                  class,
		InfrastructureClusterTemplate: get(class.Spec.Infrastructure.TemplateRef),
		ControlPlane:                  &scope.ControlPlaneBlueprint{Template: get(class.Spec.ControlPlane.TemplateRef)},
		MachineDeployments:            map[string]*scope.MachineDeploymentBlueprint{},
		MachinePools:                  map[string]*scope.MachinePoolBlueprint{},
	}
	if blueprint.HasControlPlaneInfrastructureMachine() {
		blueprint.ControlPlane.InfrastructureMachineTemplate = get(class.Spec.ControlPlane.MachineInfrastructure.TemplateRef)
	}
	if blueprint.HasControlPlaneMachineHealthCheck() {
		blueprint.ControlPlane.HealthCheck = class.Spec.ControlPlane.HealthCheck
	}
	for _, workers := range class.Spec.Workers.MachineDeployments {
		blueprint.MachineDeployments[workers.Class] = &scope.MachineDeploymentBlueprint{
			Metadata:                      *workers.Metadata.DeepCopy(),
			BootstrapTemplate:             get(workers.Bootstrap.TemplateRef),
			InfrastructureMachineTemplate: get(workers.Infrastructure.TemplateRef),
			HealthCheck:                   workers.HealthCheck,
		}
	}
	for _, workers := range class.Spec.Workers.MachinePools {
		blueprint.MachinePools[workers.Class] = &scope.MachinePoolBlueprint{
			Metadata:                          *workers.Metadata.DeepCopy(),
			BootstrapTemplate:                 get(workers.Bootstrap.TemplateRef),
			InfrastructureMachinePoolTemplate: get(workers.Infrastructure.TemplateRef),
		}
	}
	return blueprint, firstErr
}
