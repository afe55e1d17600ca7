package house_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/mod/modfile"
)

const root = "../../../.."

func TestEveryModuleThatTheCodeImportsHasItsReason(t *testing.T) {
	page := read(t, "docs/dependencies.md")
	page, _, _ = strings.Cut(page, "\n## Tools")
	var listed []string
	for _, row := range regexp.MustCompile(`(?m)^\| (\S+\.\S+) \|`).FindAllStringSubmatch(page, -1) {
		listed = append(listed, row[1])
	}
	if len(listed) == 0 {
		t.Fatal("docs/dependencies.md lists no module")
	}
	imported := modules(t)
	for module, file := range imported {
		if !slices.Contains(listed, module) {
			t.Errorf("%s imports %s, which has no line in docs/dependencies.md", file, module)
		}
	}
	for _, module := range listed {
		if imported[module] == "" {
			t.Errorf("docs/dependencies.md lists %s, which no code imports", module)
		}
	}
}

func TestEveryPackageHasItsPlaceInTheOrder(t *testing.T) {
	var settings struct {
		Linters struct {
			Settings struct {
				Depguard struct {
					Rules map[string]struct{ Deny []struct{ Pkg string } }
				}
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, ".golangci.yml")), &settings); err != nil {
		t.Fatal(err)
	}
	denied := map[string]bool{}
	for _, rule := range settings.Linters.Settings.Depguard.Rules {
		for _, deny := range rule.Deny {
			denied[strings.TrimPrefix(deny.Pkg, "giaoban/")] = true
		}
	}
	// Whoever is first in a floor is forbidden to nobody there.
	first := []string{"internal/base/clock", "internal/part/org", "internal/edge/authority"}
	for _, floor := range []string{"internal/base", "internal/part", "internal/edge"} {
		folders, err := os.ReadDir(filepath.Join(root, floor))
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range folders {
			name := floor + "/" + folder.Name()
			if folder.IsDir() && !denied[name] && !slices.Contains(first, name) {
				t.Errorf("%s has no place in the import order of .golangci.yml", name)
			}
		}
	}
}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	documented, packages := map[string]bool{}, map[string]bool{}
	for _, file := range sources(t) {
		folder := filepath.Dir(file)
		if strings.HasPrefix(folder, "internal/") && !strings.HasSuffix(file, "_test.go") {
			packages[folder] = true
			documented[folder] = documented[folder] || filepath.Base(file) == "doc.go"
		}
	}
	if len(packages) == 0 {
		t.Fatal("no package was found")
	}
	for folder := range packages {
		if !documented[folder] {
			t.Errorf("%s has no doc.go", folder)
		}
	}
}

// modules are the modules that our code imports, each with a file that does.
func modules(t *testing.T) map[string]string {
	t.Helper()
	mod, err := modfile.Parse("go.mod", []byte(read(t, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, file := range sources(t) {
		syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if module := owner(mod, path); module != "" {
				found[module] = file
			}
		}
	}
	return found
}

// owner is the module that has the package; "" for the standard library and
// ourselves.
func owner(mod *modfile.File, path string) (longest string) {
	for _, required := range mod.Require {
		module := required.Mod.Path
		if (path == module || strings.HasPrefix(path, module+"/")) && len(module) > len(longest) {
			longest = module
		}
	}
	return longest
}

// sources are all Go files of the module, named from its root.
func sources(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
				return err
			}
			name, err := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(name))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
