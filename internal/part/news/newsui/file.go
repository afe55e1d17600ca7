package newsui

import (
	"fmt"
	"net/url"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// attach attaches a file to an article that was saved.
func (s *screens) attach(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("attach")
	if err != nil {
		return err
	}
	upload, err := s.upload(form)
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := news.AttachFile(r.Context(), tx, r.Actor, news.AttachFileCommand{Key: form.Key, Article: a.ID, Upload: upload})
			return err
		})
	}
	return s.done(r, a, form, err, "newsui.file.attached")
}

// upload takes the file of a form.
func (s *screens) upload(form *web.Form) (file.Upload, error) {
	sent := form.Files("file")
	if len(sent) != 1 {
		return file.Upload{}, fault.New(fault.Invalid, "file.empty").At("file")
	}
	content, err := sent[0].Open()
	if err != nil {
		return file.Upload{}, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer content.Close()
	return s.Folder.Take(sent[0].Filename, content)
}

// detach takes a file from an article.
func (s *screens) detach(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("attach")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.DetachFile(r.Context(), tx, r.Actor, a.ID, r.PathValue("file"))
		return err
	})
	return s.done(r, a, form, err, "newsui.file.detached")
}

// showFile gives a desk a file of its own, published or not.
func (s *screens) showFile(r *web.Request) error {
	a, err := articleOf(r, access.NewsRead)
	if err != nil {
		return err
	}
	return s.sendFile(r, func(q store.Querier) (file.File, error) {
		kept, err := news.DeskFile(r.Context(), q, r.PathValue("file"))
		if err == nil && kept.Unit != int64(a.Unit) {
			err = fault.New(fault.NotFound, "file.not-found")
		}
		return kept, err
	})
}

// attached is a file as readers fetch it.
type attached struct{ file.File }

// Path is where anybody fetches it; it ends with its name, for whoever reads the address.
func (a attached) Path() string { return "/news/file/" + a.ID + "/" + url.PathEscape(a.Name) }

func attachedTo(files []file.File) (list []attached) {
	for _, one := range files {
		list = append(list, attached{one})
	}
	return list
}

// giveFile gives anybody a file of what is published, under whatever name the address
// ends with.
func (s *screens) giveFile(r *web.Request) error {
	return s.sendFile(r, func(q store.Querier) (file.File, error) {
		return news.PublicFile(r.Context(), q, r.PathValue("file"))
	})
}

func (s *screens) sendFile(r *web.Request, find func(store.Querier) (file.File, error)) error {
	var kept file.File
	err := r.View(func(q store.Querier) (err error) {
		kept, err = find(q)
		return err
	})
	if err != nil {
		return err
	}
	content, err := s.Folder.Open(kept)
	if err != nil {
		return err
	}
	defer content.Close()
	r.AttachStored(kept, content)
	return nil
}
