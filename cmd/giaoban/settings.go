package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// BeforeResolve reads the settings file that --config or GIAOBAN_CONFIG names.
func (commands) BeforeResolve(ctx *kong.Context) error {
	for _, flag := range ctx.Model.Flags {
		if flag.Name != "config" {
			continue
		}
		path, ok := ctx.FlagValue(flag).(string)
		if !ok || path == "" {
			return nil
		}
		values, err := readSettings(path)
		if err != nil {
			return fmt.Errorf("--config: %w", err)
		}
		ctx.AddResolver(values)
	}
	return nil
}

// settings are the lines of a settings file: flags by their names without
// dashes.
type settings map[string]any

func readSettings(path string) (settings, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	nodes := map[string]ast.Node{}
	if err := yaml.NewDecoder(file).Decode(&nodes); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	values := settings{}
	for name, node := range nodes {
		if values[name], err = valueOf(node); err != nil {
			return nil, fmt.Errorf("reading %s: %s: %w", path, name, err)
		}
	}
	return values, nil
}

// valueOf is what stands in the file, letter by letter: 027 is the code of a
// unit and no number of base eight.
func valueOf(node ast.Node) (any, error) {
	switch n := node.(type) {
	case *ast.NullNode:
		return nil, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case ast.ScalarNode:
		return n.GetToken().Value, nil
	case *ast.MappingNode:
		values := map[string]any{}
		for _, pair := range n.Values {
			value, err := valueOf(pair.Value)
			if err != nil {
				return nil, err
			}
			values[pair.Key.GetToken().Value] = value
		}
		return values, nil
	}
	return nil, fmt.Errorf("neither a value nor names with values")
}

// Validate refuses settings that no command has: a name that is misspelt would
// do nothing, and nobody would know.
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

// Resolve gives a flag's value from the file. The environment goes before it,
// where it says anything.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Tag.Envs {
		if os.Getenv(name) != "" {
			return nil, nil
		}
	}
	return s[flag.Name], nil
}
