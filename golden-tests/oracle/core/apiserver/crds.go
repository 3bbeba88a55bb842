// Package apiserver does to objects what the Kubernetes API server does to
// custom resources on creation: strict decoding, pruning, defaulting,
// admission webhooks, validation, and conversion between versions. It uses
// the API server's own libraries and keeps the objects in memory.
package apiserver

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// CRDs are the custom resource definitions that the server knows.
type CRDs struct {
	definitions map[schema.GroupKind]*apiextensions.CustomResourceDefinition
	schemas     map[schema.GroupVersionKind]*Schema
}

// LoadCRDs reads all YAML files of the given directories. A definition in a
// later directory replaces the one of the same kind in an earlier directory.
func LoadCRDs(directories []string) (*CRDs, error) {
	crds := &CRDs{
		definitions: map[schema.GroupKind]*apiextensions.CustomResourceDefinition{},
		schemas:     map[schema.GroupVersionKind]*Schema{},
	}
	for _, directory := range directories {
		files, err := filepath.Glob(filepath.Join(directory, "*.yaml"))
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", directory, err)
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("no CRDs in %s", directory)
		}
		for _, file := range files {
			if err := crds.add(file); err != nil {
				return nil, fmt.Errorf("load CRD %s: %w", file, err)
			}
		}
	}
	return crds, nil
}

func (c *CRDs) add(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	external := &apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(text, external); err != nil {
		return err
	}
	apiextensionsv1.SetDefaults_CustomResourceDefinition(external)
	apiextensionsv1.SetDefaults_CustomResourceDefinitionSpec(&external.Spec)
	internal := &apiextensions.CustomResourceDefinition{}
	if err := apiextensionsv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(external, internal, nil); err != nil {
		return err
	}
	c.definitions[schema.GroupKind{Group: internal.Spec.Group, Kind: internal.Spec.Names.Kind}] = internal
	return nil
}

// Labels returns the labels by which Cluster API finds out which provider
// contract a kind implements. Release manifests carry them; the generated
// CRDs do not yet. All providers of interest name their API versions like the
// contract they implement.
func (c *CRDs) Labels(name string) (map[string]string, bool) {
	for _, definition := range c.definitions {
		if definition.Name != name {
			continue
		}
		labels := map[string]string{}
		for _, version := range definition.Spec.Versions {
			if version.Served && (version.Name == "v1beta1" || version.Name == "v1beta2") {
				labels["cluster.x-k8s.io/"+version.Name] = version.Name
			}
		}
		return labels, true
	}
	return nil, false
}

// Schema returns the schema of one served version of a kind, compiled on first use.
func (c *CRDs) Schema(gvk schema.GroupVersionKind) (*Schema, error) {
	if known, ok := c.schemas[gvk]; ok {
		return known, nil
	}
	definition, ok := c.definitions[gvk.GroupKind()]
	if !ok {
		return nil, fmt.Errorf("no matches for kind %q in version %q", gvk.Kind, gvk.GroupVersion())
	}
	for _, version := range definition.Spec.Versions {
		if version.Name != gvk.Version || !version.Served {
			continue
		}
		compiled, err := newSchema(definition, gvk)
		if err != nil {
			return nil, fmt.Errorf("compile the schema of %s: %w", gvk, err)
		}
		c.schemas[gvk] = compiled
		return compiled, nil
	}
	return nil, fmt.Errorf("no matches for kind %q in version %q", gvk.Kind, gvk.GroupVersion())
}

func (c *CRDs) storageVersion(gk schema.GroupKind) string {
	for _, version := range c.definitions[gk].Spec.Versions {
		if version.Storage {
			return version.Name
		}
	}
	return ""
}

func (c *CRDs) resource(gk schema.GroupKind) string {
	return c.definitions[gk].Spec.Names.Plural
}

// LatestAPIVersion returns the newest version of a kind that implements a
// provider contract, as group/version.
func (c *CRDs) LatestAPIVersion(gk schema.GroupKind) (string, error) {
	for _, version := range []string{"v1beta2", "v1beta1"} {
		gvk := gk.WithVersion(version)
		if _, err := c.Schema(gvk); err == nil {
			return gvk.GroupVersion().String(), nil
		}
	}
	return "", fmt.Errorf("no version of %s implements a provider contract", gk)
}
