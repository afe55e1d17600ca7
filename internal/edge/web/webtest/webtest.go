package webtest

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Load is what a browser that was never here before is sent for a page, in
// compressed bytes of bodies.
type Load struct {
	Page  int64            // the page itself
	Files map[string]int64 // its scripts, styles and icon, by address
	Fonts map[string]int64 // the fonts that it preloads
}

// Sum is the page and its files, without fonts.
func (l Load) Sum() int64 {
	sum := l.Page
	for _, size := range l.Files {
		sum += size
	}
	return sum
}

// FirstLoad asks for address with client, which brings its own cookies, and
// then for everything that the page's head names.
func FirstLoad(t testing.TB, client *http.Client, address string) Load {
	t.Helper()
	load := Load{Files: map[string]int64{}, Fonts: map[string]int64{}}
	body, size := fetch(t, client, address)
	load.Page = size
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		link := reference(node)
		if link == "" {
			continue
		}
		target, err := base.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		_, size := fetch(t, client, target.String())
		if strings.HasSuffix(target.Path, ".woff2") {
			load.Fonts[target.Path] = size
		} else {
			load.Files[target.Path] = size
		}
	}
	return load
}

// reference is the address that a script or link element has the browser fetch.
func reference(node *html.Node) string {
	if node.Type != html.ElementNode || (node.Data != "script" && node.Data != "link") {
		return ""
	}
	for _, a := range node.Attr {
		if a.Key == "src" || a.Key == "href" {
			return a.Val
		}
	}
	return ""
}

// fetch gives a body as text, and its size as it was sent.
func fetch(t testing.TB, client *http.Client, address string) (string, int64) {
	t.Helper()
	packed, err := get(client, address, "gzip")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := get(client, address, "identity")
	if err != nil {
		t.Fatal(err)
	}
	return plain, int64(len(packed))
}

func get(client *http.Client, address, encoding string) (string, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept-Encoding", encoding) // set by hand, so that nothing unpacks the answer
	response, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s answers %s", address, response.Status)
	}
	return string(body), nil
}
