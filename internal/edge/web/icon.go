package web

import (
	"embed"
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
)

// The icons are the outline set of @tabler/icons; licence and version lie
// beside them. Here is a selection: the drawings that a program like this needs.
//
//go:embed asset/icon/*.svg
var iconFiles embed.FS

// icons holds each icon's drawing by name, made once.
var icons = readIcons()

func readIcons() map[string]template.HTML {
	names, err := iconFiles.ReadDir("asset/icon")
	if err != nil {
		panic("web: icons: " + err.Error()) // they are part of the program
	}
	all := make(map[string]template.HTML, len(names))
	for _, entry := range names {
		content, err := iconFiles.ReadFile("asset/icon/" + entry.Name())
		if err != nil {
			panic("web: icons: " + err.Error())
		}
		name := strings.TrimSuffix(path.Base(entry.Name()), ".svg")
		all[name] = template.HTML(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">` + paths(string(content)) + `</svg>`)
	}
	return all
}

// paths is an icon's drawing without its frame, whose attributes the style
// sheet gives, and without the empty square that all of them begin with.
func paths(svg string) string {
	_, inner, _ := strings.Cut(svg, ">")
	inner, _, _ = strings.Cut(inner, "</svg>")
	inner = strings.Replace(inner, `<path stroke="none" d="M0 0h24v24H0z" fill="none" />`, "", 1)
	return strings.Join(strings.Fields(inner), " ")
}

// Icon is the inline drawing of an icon, which those who listen do not hear:
// its word stands beside it.
func Icon(name string) (template.HTML, error) {
	drawing, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("there is no icon %q", name)
	}
	return drawing, nil
}

// iconNames are the names of all icons in alphabetical order.
func iconNames() []string { return slices.Sorted(maps.Keys(icons)) }
