package apiserver

import (
	"context"
	"fmt"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Schema is everything the API server derives from the schema of one version.
type Schema struct {
	gvk        schema.GroupVersionKind
	namespaced bool
	structural *structuralschema.Structural
	openAPI    validation.SchemaValidator
	rules      *cel.Validator
}

func newSchema(definition *apiextensions.CustomResourceDefinition, gvk schema.GroupVersionKind) (*Schema, error) {
	properties, err := apiextensions.GetSchemaForVersion(definition, gvk.Version)
	if err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(properties.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	openAPI, _, err := validation.NewSchemaValidator(properties.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	return &Schema{
		gvk:        gvk,
		namespaced: definition.Spec.Scope == apiextensions.NamespaceScoped,
		structural: structural,
		openAPI:    openAPI,
		rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
	}, nil
}

// Decode prunes and defaults an object in place. Unknown fields are errors,
// as under strict field validation.
func (s *Schema) Decode(object *unstructured.Unstructured) error {
	fieldError, unknown := objectmeta.CoerceWithOptions(nil, object.Object, s.structural, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if fieldError != nil {
		return fieldError
	}
	_, _, unknownMeta, err := objectmeta.GetObjectMetaWithOptions(object.Object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return err
	}
	unknown = append(unknown, unknownMeta...)
	unknown = append(unknown, pruning.PruneWithOptions(object.Object, s.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	if len(unknown) > 0 {
		return fmt.Errorf("strict decoding error: unknown field %q", strings.Join(unknown, `", "`))
	}
	s.Default(object)
	return nil
}

// Default fills in the defaults of the schema.
func (s *Schema) Default(object *unstructured.Unstructured) {
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, s.structural)
	defaulting.Default(object.Object, s.structural)
}

// Validate checks a new object the way the API server's custom resource
// strategy does: metadata, schema with formats, list types, CEL rules.
func (s *Schema) Validate(ctx context.Context, object *unstructured.Unstructured) error {
	errs := apivalidation.ValidateObjectMetaAccessor(object, s.namespaced, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	errs = append(errs, validation.ValidateCustomResource(nil, object.UnstructuredContent(), s.openAPI)...)
	errs = append(errs, objectmeta.Validate(nil, object.Object, s.structural, false)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, s.structural, object.Object)...)
	// CEL rules may only see values that have the declared types.
	if s.rules != nil && len(errs) == 0 {
		ruleErrs, _ := s.rules.Validate(ctx, nil, s.structural, object.Object, nil, celconfig.RuntimeCELCostBudget)
		errs = append(errs, ruleErrs...)
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("%s %q is invalid: %w", s.gvk.Kind, object.GetName(), errs.ToAggregate())
}
