// The providers whose CRDs the topology programs load. Only the CRD files are
// used, no code, so that these modules need no dependencies of their own.
module stackc/oracle/capi-v1.10/crds

go 1.26

require (
	github.com/k-orc/openstack-resource-controller/v2 v2.6.0
	sigs.k8s.io/cluster-api-provider-openstack v0.14.7
	sigs.k8s.io/cluster-api/test v1.10.10
)
