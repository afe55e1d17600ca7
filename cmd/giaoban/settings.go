package main

import (
	"fmt"
	"io"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// yamlSettings reads a settings file: flags by their names without dashes. A
// name that no flag has is a mistake worth knowing.
func yamlSettings(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if err := yaml.NewDecoder(r).Decode(&values); err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading the settings: %w", err)
	}
	return settings(values), nil
}

type settings map[string]any

// Validate refuses settings that no command has.
func (s settings) Validate(application *kong.Application) error {
	known := map[string]bool{}
	_ = kong.Visit(application, func(node kong.Visitable, next kong.Next) error { // the visitor returns no error of its own
		if flag, ok := node.(*kong.Flag); ok {
			known[flag.Name] = true
		}
		return next(nil)
	})
	for name := range s {
		if !known[name] {
			return fmt.Errorf("the settings file says %q, which is no flag", name)
		}
	}
	return nil
}

// Resolve gives a flag's value from the file.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := s[flag.Name]
	if !ok {
		return nil, nil
	}
	return fmt.Sprint(value), nil
}
