package web

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"giaoban/internal/base/file"
)

// Attach answers with a file that the program made, to be saved under a name.
func (r *Request) Attach(name string, kind file.Kind, content []byte) error {
	r.attached(name, kind)
	r.Writer.Header().Set("Content-Length", strconv.Itoa(len(content)))
	r.Writer.WriteHeader(http.StatusOK)
	_, _ = r.Writer.Write(content) // a browser that went away is told nothing
	return nil
}

// AttachStored answers with a file that somebody put in, to be saved under its name.
// A browser must not run what is in it, so it is never shown in the page's own place.
func (r *Request) AttachStored(of file.File, content io.ReadSeeker) {
	r.attached(of.Name, of.Kind)
	r.Writer.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(r.Writer, r.Request, of.Name, of.At, content)
}

// Play answers with pictures and sound, as "video/webm", in the parts that a browser asks for while
// somebody watches, for however long that is; with a name, to be saved under it.
func (r *Request) Play(mediaType, name string, at time.Time, content io.ReadSeeker) {
	header := r.Writer.Header()
	header.Set("Content-Type", mediaType)
	header.Set("Cache-Control", "private, no-store")
	if name != "" {
		header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	// Where the deadline cannot be lifted, the browser asks for the rest anew.
	_ = http.NewResponseController(r.Writer).SetWriteDeadline(time.Time{})
	http.ServeContent(r.Writer, r.Request, "", at, content)
}

func (r *Request) attached(name string, kind file.Kind) {
	header := r.Writer.Header()
	header.Set("Content-Type", kind.MediaType())
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Cache-Control", "private, no-store")
}
