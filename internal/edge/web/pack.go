package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// brotliLevel packs a page in some milliseconds; the levels above take ten times that
// for a fiftieth of its size.
const brotliLevel = 7

// packs are a content packed in the ways that browsers unpack, each made when it is
// first asked for; nil where it is no smaller.
type packs struct{ gzip, brotli func() []byte }

// unpacked is for what is packed already.
var unpacked = packs{gzip: func() []byte { return nil }, brotli: func() []byte { return nil }}

func packsOf(content []byte) packs {
	return packs{
		gzip: sync.OnceValue(func() []byte {
			return packed(content, func(b io.Writer) io.WriteCloser {
				w, _ := gzip.NewWriterLevel(b, gzip.BestCompression) // a level that there is
				return w
			})
		}),
		brotli: sync.OnceValue(func() []byte {
			return packed(content, func(b io.Writer) io.WriteCloser { return brotli.NewWriterLevel(b, brotliLevel) })
		}),
	}
}

// packed packs a content; nil where that is no smaller.
func packed(content []byte, by func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	w := by(&b)
	_, err := w.Write(content)
	if err == nil {
		err = w.Close()
	}
	if err != nil || b.Len() >= len(content) { // a buffer refuses nothing
		return nil
	}
	return b.Bytes()
}

// choose gives the smallest form that the browser unpacks, with its name; "" where that
// is the content itself.
func (p packs) choose(req *http.Request) (name string, body []byte) {
	accepted := req.Header.Get("Accept-Encoding")
	if accepts(accepted, "br") {
		if body := p.brotli(); body != nil {
			return "br", body
		}
	}
	if accepts(accepted, "gzip") {
		if body := p.gzip(); body != nil {
			return "gzip", body
		}
	}
	return "", nil
}

// accepts says whether a way to pack is among those that a browser accepts.
func accepts(accepted, way string) bool {
	for part := range strings.SplitSeq(accepted, ",") {
		name, parameter, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == way {
			return strings.Trim(parameter, " ") != "q=0"
		}
	}
	return false
}
