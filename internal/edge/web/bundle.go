package web

import (
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// Bundle is the TypeScript and the style of one part.
type Bundle struct {
	// Part is the name in front of the entries: "board" makes "board/board.ts".
	// Other bundles import its scripts by it: import {fold} from "web/fold".
	Part string
	// Files hold the scripts and styles.
	Files fs.FS
	// Folder is where in Files they lie; "." for the root.
	Folder string
	// Entries are what pages load by [Layout.Script]: "board.ts". A style sheet
	// among them is linked on every page that loads a script of its part.
	Entries []string
}

//go:embed script/*.ts script/idiomorph/*.js asset/look/*.css asset/sign/*.svg asset/font/*.woff2
var sources embed.FS

// The frame's own: what every page loads, and what other bundles import.
var (
	look       = Bundle{Part: "look", Files: sources, Folder: "asset/look", Entries: []string{"look.css"}}
	ownBundles = []Bundle{{Part: "web", Files: sources, Folder: "script", Entries: []string{"app.ts"}}, look}
)

const namespace = "giaoban"

// engines are the oldest browsers that offices are expected to have: the last
// ones for Windows 7 are newer than these.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "90"}, {Name: api.EngineFirefox, Version: "90"}, {Name: api.EngineSafari, Version: "15"},
}

// bundled are the assets that this process made, by what went into them. Its frames
// (while it starts, for people inside, for the public) have the same.
var bundled = struct {
	sync.Mutex
	made map[[sha256.Size]byte]*assets
}{made: map[[sha256.Size]byte]*assets{}}

// bundle makes scripts and styles ready for browsers, once for all frames that ask for
// the same. Nobody changes what it gives.
func bundle(bundles []Bundle) (*assets, error) {
	sum, err := sumOf(bundles)
	if err != nil {
		return nil, err
	}
	bundled.Lock()
	defer bundled.Unlock()
	if made, ok := bundled.made[sum]; ok {
		return made, nil
	}
	made, err := build(bundles)
	if err == nil {
		bundled.made[sum] = made
	}
	return made, err
}

// sumOf is a hash of all that bundles are made of.
func sumOf(bundles []Bundle) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	for _, b := range bundles {
		fmt.Fprintf(h, "%q %q %q\n", b.Part, b.Folder, b.Entries)
		err := fs.WalkDir(b.Files, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := fs.ReadFile(b.Files, name)
			fmt.Fprintf(h, "%q %d\n", name, len(content))
			h.Write(content)
			return err
		})
		if err != nil {
			return sum, fmt.Errorf("reading bundle %q: %w", b.Part, err)
		}
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// build has esbuild type, import and minify in memory. An error names file and line.
func build(bundles []Bundle) (*assets, error) {
	parts := map[string]Bundle{}
	var entries []api.EntryPoint
	for _, b := range bundles {
		if _, twice := parts[b.Part]; twice {
			return nil, fmt.Errorf("two bundles are named %q", b.Part)
		}
		parts[b.Part] = b
		for _, entry := range b.Entries {
			stem := strings.TrimSuffix(entry, path.Ext(entry))
			entries = append(entries, api.EntryPoint{InputPath: b.Part + "/" + entry, OutputPath: stem})
		}
	}
	result := api.Build(api.BuildOptions{
		EntryPointsAdvanced: entries,
		Bundle:              true, Splitting: true, Format: api.FormatESModule, Metafile: true,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, LogLevel: api.LogLevelSilent,
		Engines: engines,
		Loader:  map[string]api.Loader{".woff2": api.LoaderFile, ".mjs": api.LoaderFile, ".svg": api.LoaderDataURL},
		Outdir:  "/assets", PublicPath: "/assets", AbsWorkingDir: "/",
		EntryNames: "[name]-[hash]", ChunkNames: "part-[hash]", AssetNames: "[name]-[hash]",
		TsconfigRaw: `{"compilerOptions":{"strict":true}}`,
		Plugins:     []api.Plugin{reader(parts)},
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	return gather(result, parts)
}

// reader has esbuild read from the bundles' file systems.
func reader(parts map[string]Bundle) api.Plugin {
	return api.Plugin{Name: namespace, Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if strings.HasPrefix(args.Path, "data:") {
				return api.OnResolveResult{Path: args.Path, External: true}, nil
			}
			name, err := find(parts, args.Importer, args.Path)
			return api.OnResolveResult{Path: name, Namespace: namespace}, err
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: namespace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			part, file, _ := strings.Cut(args.Path, "/")
			content, err := fs.ReadFile(parts[part].Files, file)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text := string(content)
			return api.OnLoadResult{Contents: &text, Loader: loaders[path.Ext(file)]}, nil
		})
	}}
}

var loaders = map[string]api.Loader{
	".ts": api.LoaderTS, ".js": api.LoaderJS, ".mjs": api.LoaderFile, ".css": api.LoaderCSS, ".woff2": api.LoaderFile, ".svg": api.LoaderDataURL,
}

// find gives what an import means as "part/file in its file system": "./rows"
// beside the importer, "web/fold" in another bundle.
func find(parts map[string]Bundle, importer, wanted string) (string, error) {
	name := path.Join(path.Dir(importer), wanted)
	if !strings.HasPrefix(wanted, ".") {
		part, file, _ := strings.Cut(wanted, "/")
		name = path.Join(part, parts[part].Folder, file)
	}
	part, file, _ := strings.Cut(name, "/")
	b, ok := parts[part]
	if !ok {
		return "", fmt.Errorf("there is no bundle %q", part)
	}
	for _, extension := range []string{"", ".ts"} {
		if info, err := fs.Stat(b.Files, file+extension); err == nil && !info.IsDir() {
			return name + extension, nil
		}
	}
	return "", fmt.Errorf("bundle %q has no %s", part, file)
}

// gather puts what esbuild made among the assets, under the names by which
// pages know it.
func gather(result api.BuildResult, parts map[string]Bundle) (*assets, error) {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string
			Inputs     map[string]any
			Imports    []struct{ Path, Kind string }
		}
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, err
	}
	made := newAssets()
	for _, output := range result.OutputFiles {
		about := meta.Outputs[strings.TrimPrefix(output.Path, "/")]
		source := about.EntryPoint
		if source == "" && len(about.Inputs) == 1 {
			for only := range about.Inputs {
				source = only
			}
		}
		for _, imported := range about.Imports {
			if imported.Kind == "import-statement" {
				made.imports[output.Path] = append(made.imports[output.Path], "/"+imported.Path)
			}
		}
		name := known(parts, strings.TrimPrefix(source, namespace+":"))
		if err := made.putAt(name, output.Path, output.Contents); err != nil {
			return nil, err
		}
	}
	mark, err := fixedFiles.ReadFile("asset/mark.svg")
	if err != nil {
		return nil, err
	}
	return made, made.put("mark.svg", mark)
}

// known is the name by which pages ask for a source: its part and its place in
// the part's folder.
func known(parts map[string]Bundle, source string) string {
	part, file, _ := strings.Cut(source, "/")
	folder := parts[part].Folder
	return part + "/" + strings.TrimPrefix(file, folder+"/")
}
