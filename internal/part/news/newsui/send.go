package newsui

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
)

// check is what keeps robots from sending: a code to be typed, or a proof of work that the
// browser brings in its place.
type check struct {
	Token   code.Token `json:"token"`
	Picture string     `json:"picture"` // addresses
	Sound   string     `json:"sound"`
	Work    string     `json:"-"`
	Key     string     `json:"key"` // of the form
}

// formOf names the form of an article's opinions to the checks: each lets one in there.
func formOf(id int64) string { return "article-" + strconv.FormatInt(id, 10) }

// checkLater is the check of a page that everybody is given alike: its reader is given
// one when it is wanted.
func checkLater(id int64) check { return check{Work: fmt.Sprintf("/news/challenge/%d", id)} }

// checkFor is the check that a form carries on with; a new one where it has none that can
// still be answered.
func (s *screens) checkFor(id int64, kept code.Token) check {
	if _, _, err := s.Guard.Code(kept, s.Machine.Now()); err != nil {
		kept = s.Guard.Issue(formOf(id), s.Machine.Now())
	}
	one, at := checkLater(id), "/news/code/"+string(kept)
	one.Token, one.Picture, one.Sound = kept, at, at+"/sound"
	return one
}

// check gives the form of a page that was given to everybody alike a check of its own.
func (s *screens) check(r *web.Request) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	one := s.checkFor(a.ID, "")
	one.Key = r.NewForm("opinion").Key
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	return r.JSON(one)
}

// send takes a reader's opinion.
func (s *screens) send(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	form, err := r.Posted("opinion")
	if err != nil {
		return err
	}
	if form.Raw("act") == "renew" {
		form.Values.Del("code")
		return s.askAgain(r, form, "", false)
	}
	if form.Raw("token") == "" && form.Raw("work") == "" { // its page was given to everybody alike
		return s.askAgain(r, form, "", true)
	}
	nonce, err := s.passed(r, id, form)
	var a news.Article
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := news.Send(r.Context(), tx, news.SendCommand{
				Article: id, Check: string(nonce), Name: form.Text("name"), Email: form.Text("email"), Text: form.Lines("text"),
				Origin: s.Origins.Of(remote(r.Request)), Parent: number(form.Raw("parent")), Tell: s.Mailed && form.Checked("tell"),
			})
			if err == nil {
				a, err = news.Get(r.Context(), tx, id)
			}
			return err
		})
	}
	if err == nil { // the article says what happens next
		return r.See(publicPath(a.ID, a.Slug) + "?sent=1#send")
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.askAgain(r, form, code.Token(form.Raw("token")), false)
}

// askAgain shows the article with the form that came back. Only then is the article read:
// of what is sent most is taken at once.
func (s *screens) askAgain(r *web.Request, form *web.Form, kept code.Token, asked bool) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	a.Check, a.Asked = s.checkFor(a.ID, kept), asked
	return s.renderArticle(r, a, form)
}

// passed gives the nonce of the check that the form passed. A code that was answered
// wrongly is used up, and the form gets a new one. Invalid at "code".
func (s *screens) passed(r *web.Request, id int64, form *web.Form) (nonce code.Nonce, err error) {
	if work := form.Raw("work"); work != "" {
		nonce, err = s.Guard.Solved(work, formOf(id), s.Machine.Now())
		form.Values.Del("work")
	} else {
		nonce, err = s.Guard.Check(code.Token(form.Raw("token")), formOf(id), form.Raw("code"), s.Machine.Now())
	}
	if err == nil {
		return nonce, nil
	}
	if errors.Is(err, code.ErrWrong) {
		if err := r.Update(func(tx *ledger.Tx) error { return news.UseUp(r.Context(), tx, string(nonce)) }); err != nil {
			return "", err
		}
	}
	form.Values.Del("code")
	form.Values.Del("token")
	if errors.Is(err, code.ErrLate) {
		return "", fault.New(fault.Invalid, "newsui.code.late").At("code")
	}
	return "", fault.New(fault.Invalid, "newsui.code.wrong").At("code")
}

// showCode draws the code of a token.
func (s *screens) showCode(r *web.Request) error {
	return s.tell(r, "image/png", "code.png", code.Picture)
}

// sayCode speaks it.
func (s *screens) sayCode(r *web.Request) error {
	return s.tell(r, "audio/wav", "code.wav", code.Sound)
}

func (s *screens) tell(r *web.Request, mediaType, name string, make func(code string, seed uint64) ([]byte, error)) error {
	said, seed, err := s.Guard.Code(code.Token(r.PathValue("token")), s.Machine.Now())
	if err != nil {
		return fault.New(fault.NotFound, "newsui.code.late")
	}
	content, err := make(said, seed)
	if err != nil {
		return fmt.Errorf("telling a code: %w", err)
	}
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	r.Play(mediaType, name, time.Time{}, bytes.NewReader(content))
	return nil
}

// challenge gives a browser its work.
func (s *screens) challenge(r *web.Request) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	work, err := s.Guard.Challenge(formOf(a.ID), s.Machine.Now())
	if err != nil {
		return err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "private, no-store")
	_, err = r.Writer.Write(work)
	return err
}

// worker gives the script that does it.
func (s *screens) worker(r *web.Request) error {
	r.Writer.Header().Set("Cache-Control", "public, max-age=3600")
	r.Play("text/javascript; charset=utf-8", "work.js", time.Time{}, bytes.NewReader(code.Worker))
	return nil
}
