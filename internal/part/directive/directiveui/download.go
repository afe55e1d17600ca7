package directiveui

import (
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// download sends the file of a directive: of its newest version, of the one
// asked for, or of its draft.
func (s *screens) download(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var attached file.File
	err = r.View(func(q store.Querier) error {
		d, err := directive.Read(r.Context(), q, r.Actor, id)
		if err != nil {
			return err
		}
		document, err := documentAsked(r, q, d)
		if err != nil {
			return err
		}
		attached, err = file.Get(r.Context(), q, document.File)
		return err
	})
	if err != nil {
		return err
	}
	return s.send(r, attached)
}

// documentAsked is the document that the address names.
func documentAsked(r *web.Request, q store.Querier, d directive.Directive) (directive.Document, error) {
	switch asked := r.Query("version"); {
	case asked == "draft" && d.Draft != nil:
		return d.Draft.Document, nil
	case asked == "" && d.Version > 0:
		return d.Document, nil
	default:
		versions, err := directive.Versions(r.Context(), q, d.ID)
		if err != nil {
			return directive.Document{}, err
		}
		n, err := strconv.Atoi(asked)
		if err != nil || n < 1 || n > len(versions) {
			return directive.Document{}, fault.New(fault.NotFound, "file.not-found")
		}
		return versions[n-1].Document, nil
	}
}

// send answers with a file for saving.
func (s *screens) send(r *web.Request, attached file.File) error {
	content, err := s.Folder.Open(attached)
	if err != nil {
		return err
	}
	defer content.Close()
	r.AttachStored(attached, content)
	return nil
}
