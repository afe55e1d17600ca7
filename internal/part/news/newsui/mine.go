package newsui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// mine is all that the address of a link wrote.
func (s *screens) mine(r *web.Request) (page lettersPage, err error) {
	id, err := s.named(r, news.ToCollect)
	if err != nil {
		return page, err
	}
	page = lettersPage{Act: "mine", Path: r.URL.Path, Form: r.NewForm("letters")}
	err = r.View(func(q store.Querier) error {
		reader, err := news.ReaderByID(r.Context(), q, id)
		if err != nil {
			return err
		}
		page.Address = reader.Address
		list, err := news.SentBy(r.Context(), q, id)
		if err != nil {
			return err
		}
		page.Comments, err = writtenOf(r, q, list)
		return err
	})
	return page, err
}

func (s *screens) showMine(r *web.Request) error {
	page, err := s.mine(r)
	if err != nil {
		return err
	}
	return s.renderLetters(r, page, http.StatusOK)
}

// writtenOf puts the articles beside comments, as far as the public reads those.
func writtenOf(r *web.Request, q store.Querier, list []news.Comment) (comments []written, err error) {
	for _, c := range list {
		one := written{Comment: c}
		p, err := news.Read(r.Context(), q, c.Article)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if err == nil {
			one.Headline, one.Path = p.Text.Headline, publicPath(p.ID, p.Slug)
		}
		comments = append(comments, one)
	}
	return comments, nil
}

// eraseMine erases all that the address of a link wrote.
func (s *screens) eraseMine(r *web.Request) error {
	page, err := s.mine(r)
	if err != nil {
		return err
	}
	id, err := s.named(r, news.ToCollect)
	if err != nil {
		return err
	}
	if page.Form, err = r.Posted("letters"); err != nil {
		return err
	}
	if !page.Form.Checked("sure") {
		page.Form.Wrong(fault.New(fault.Invalid, "newsui.letters.sure.needed").At("sure"))
		return s.renderLetters(r, page, page.Form.Status())
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.EraseReader(r.Context(), tx, id, r.T("newsui.letters.reason"))
		return err
	})
	if err != nil {
		return err
	}
	return s.renderLetters(r, lettersPage{Act: "erased", Done: true}, http.StatusOK)
}

// giveMine gives all that the address of a link wrote, as text or for programs.
func (s *screens) giveMine(r *web.Request) error {
	page, err := s.mine(r)
	if err != nil {
		return err
	}
	switch name := r.PathValue("copy"); name {
	case "comments.json":
		content, err := copied(page)
		if err != nil {
			return err
		}
		r.Play("application/json", name, time.Time{}, bytes.NewReader(content))
		return nil
	case "comments.txt":
		r.Play("text/plain; charset=utf-8", name, time.Time{}, bytes.NewReader(listed(r, page)))
		return nil
	}
	return fault.New(fault.NotFound, "news.link.late")
}

// copied is a reader's comments for programs.
func copied(page lettersPage) ([]byte, error) {
	type one struct {
		Article string            `json:"article,omitempty"`
		Name    string            `json:"name"`
		Email   string            `json:"email"`
		Text    string            `json:"text"`
		Sent    time.Time         `json:"sent"`
		State   news.CommentState `json:"state"`
		Reason  string            `json:"reason,omitempty"`
		Reply   string            `json:"reply,omitempty"`
	}
	list := []one{}
	for _, c := range page.Comments {
		list = append(list, one{c.Headline, c.Name, c.Email, string(c.Text), c.SentAt, c.State, c.Reason, c.Reply})
	}
	content, err := json.MarshalIndent(map[string]any{"address": page.Address, "comments": list}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encoding a reader's comments: %w", err)
	}
	return content, nil
}

// listed is a reader's comments as text.
func listed(r *web.Request, page lettersPage) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", page.Address)
	for _, c := range page.Comments {
		fmt.Fprintf(&b, "\n%s · %s · %s\n%s\n%s\n", text.Moment(r.Lang, c.SentAt, r.Zone()), c.Name, r.T("newsui.opinions."+string(c.State)), c.Headline, c.Text)
	}
	return []byte(b.String())
}
