package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

//go:embed asset/mark.svg
var fixedFiles embed.FS

// assets are all files that browsers keep: scripts, styles, fonts and the mark,
// each under a name with the hash of its content.
type assets struct {
	files     map[string]asset    // by address
	addresses map[string]string   // by name
	beside    map[string]string   // the style sheet of a part, by the part's name
	imports   map[string][]string // what a script imports, by addresses
}

type asset struct {
	kind    string // content type
	content []byte
	packs   packs // none where packing makes it no smaller
}

func newAssets() *assets {
	return &assets{files: map[string]asset{}, addresses: map[string]string{}, beside: map[string]string{}, imports: map[string][]string{}}
}

// put adds a file under an address with the hash of its content.
func (a *assets) put(name string, content []byte) error {
	sum := sha256.Sum256(content)
	extension := path.Ext(name)
	stem := strings.TrimSuffix(path.Base(name), extension)
	address := "/assets/" + stem + "-" + hex.EncodeToString(sum[:])[:10] + extension
	return a.putAt(name, address, content)
}

// putAt adds a file whose address is known: the bundler hashes what it makes.
func (a *assets) putAt(name, address string, content []byte) error {
	file := asset{kind: contentType(address), content: content, packs: unpacked}
	if path.Ext(address) != ".woff2" {
		file.packs = packsOf(content)
	}
	a.files[address] = file
	a.addresses[name] = address
	if part, sheet, _ := strings.Cut(name, "/"); path.Ext(sheet) == ".css" {
		a.beside[part] = address
	}
	return nil
}

// contentType does not ask the machine, whose list may lack woff2.
func contentType(address string) string {
	switch path.Ext(address) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(path.Ext(address))
}

// entry is the address of an asset; a script or style that is not there is a
// mistake of the build and panics.
func (a *assets) entry(name string) string {
	address, ok := a.addresses[name]
	if !ok {
		panic(fmt.Sprintf("web: there is no asset %q", name))
	}
	return address
}

// styles are the style sheets of the parts whose scripts a page loads, each once.
func (a *assets) styles(entries []string) []string {
	var list []string
	seen := map[string]bool{}
	for _, entry := range entries {
		part, _, _ := strings.Cut(entry, "/")
		if address, ok := a.beside[part]; ok && !seen[part] {
			seen[part] = true
			list = append(list, address)
		}
	}
	return list
}

// preloads are the addresses that a page's scripts import, each once, so that a
// browser fetches them together with the scripts and not after them.
func (a *assets) preloads(scripts []string) []string {
	var list []string
	for _, script := range scripts {
		for _, address := range a.imports[script] {
			if !slices.Contains(list, address) {
				list = append(list, address)
			}
		}
	}
	return list
}

// ServeHTTP answers with an asset. Its address has the hash of its content, so
// that a browser never needs to ask for it again.
func (a *assets) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	file, ok := a.files[req.URL.Path]
	if !ok {
		http.NotFound(w, req)
		return
	}
	header := w.Header()
	header.Set("Content-Type", file.kind)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	body := file.content
	if way, packed := file.packs.choose(req); way != "" {
		header.Set("Content-Encoding", way)
		body = packed
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if req.Method == http.MethodHead {
		return
	}
	// A browser that goes away in the middle asks again.
	_, _ = w.Write(body)
}
