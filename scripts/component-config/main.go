// Prints, as JSON, the fields of KubeletConfiguration and KubeProxyConfiguration and of all types below them, by Go type:
// what encoding/json would decode. scripts/component-config.mjs runs it once for each release of Kubernetes.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	proxy "k8s.io/kube-proxy/config/v1alpha1"
	kubelet "k8s.io/kubelet/config/v1beta1"
)

type field struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

var unmarshaler = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()

func main() {
	types := map[string][]field{}
	collect(types, reflect.TypeOf(kubelet.KubeletConfiguration{}))
	collect(types, reflect.TypeOf(proxy.KubeProxyConfiguration{}))
	if err := json.NewEncoder(os.Stdout).Encode(types); err != nil {
		panic(err)
	}
}

// collect adds a struct and the structs that its fields hold. A type that decodes itself is not looked into.
func collect(types map[string][]field, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		collect(types, t.Elem())
	case reflect.Map:
		collect(types, t.Elem())
	case reflect.Struct:
		if _, done := types[t.String()]; done || decodesItself(t) {
			return
		}
		types[t.String()] = fieldsOf(t)
		for _, each := range reflect.VisibleFields(t) {
			if !isInlined(each) {
				collect(types, each.Type)
			}
		}
	}
}

// fieldsOf lists the fields in order, with those of an inlined struct in its place.
func fieldsOf(t reflect.Type) []field {
	fields := []field{}
	for i := 0; i < t.NumField(); i++ {
		each := t.Field(i)
		if isInlined(each) {
			fields = append(fields, fieldsOf(each.Type)...)
		} else if name, _, _ := strings.Cut(each.Tag.Get("json"), ","); name != "" && name != "-" {
			fields = append(fields, field{name, notation(each.Type)})
		}
	}
	return fields
}

func isInlined(each reflect.StructField) bool {
	return each.Anonymous && (each.Tag.Get("json") == "" || strings.HasPrefix(each.Tag.Get("json"), ","))
}

// notation writes a type as component-config-type.ts reads it.
func notation(t reflect.Type) string {
	switch {
	case t.Kind() == reflect.Pointer:
		return "*" + notation(t.Elem())
	case decodesItself(t):
		return "!" + t.String()
	case t.Kind() == reflect.Slice:
		return "[]" + notation(t.Elem())
	case t.Kind() == reflect.Map:
		return "map[" + t.Key().String() + "]" + notation(t.Elem())
	case t.Kind() == reflect.Struct, t.Name() == t.Kind().String():
		return t.String()
	default:
		return t.Kind().String() + "(" + t.String() + ")"
	}
}

func decodesItself(t reflect.Type) bool {
	return t.Implements(unmarshaler) || reflect.PointerTo(t).Implements(unmarshaler)
}
