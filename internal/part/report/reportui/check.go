package reportui

import (
	"io"
	"net/http"
	"net/url"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/document"
	"giaoban/internal/part/report"
)

// longestReceipt is the most bytes that a receipt's file may have.
const longestReceipt = 2 << 20

// checkPage is the page on which anybody checks a receipt. Whoever has the code
// is told what stands on the receipt, and whether that version is in force: a
// receipt of what was corrected since proves only what was said then. What a newer
// version says is not told.
type checkPage struct {
	Form    *web.Form
	Checked *ledger.Checked // nil before anything was asked
	Words   *received       // what the receipt says; nil where that cannot be told
	Since   *since          // what became of it; nil where that cannot be told
	Now     time.Time       // of the check, for paper
	Page    string          // its address, for paper
	File    bool            // the whole receipt was shown, not its code alone
	// Withheld says that the log holds the receipt, and that this page, which is
	// open to anybody, tells nothing of what is above ordinary secrecy.
	Withheld bool
}

// Good says that the log still holds what the receipt says.
func (p checkPage) Good() bool { return p.Checked.Verdict == ledger.Holds }

// Broken says that the log was tampered with.
func (p checkPage) Broken() bool {
	switch p.Checked.Verdict {
	case ledger.Altered, ledger.Shorter, ledger.Rewritten:
		return true
	}
	return false
}

// Said is the text key of the verdict.
func (p checkPage) Said() string { return "reportui.check." + string(p.Checked.Verdict) }

// checkCode checks the code that was typed or scanned; without one it asks for
// it.
func (s *Screens) checkCode(r *web.Request) error {
	page := checkPage{Form: r.NewForm("check")}
	typed := r.Query("code")
	page.Form.Set("code", typed)
	if typed == "" {
		return s.renderCheck(r, page)
	}
	if err := s.wrong.allowed(r.RemoteAddr); err != nil {
		page.Form.Errors = append(page.Form.Errors, fault.All(err)...)
		return s.renderCheck(r, page)
	}
	code, ok := ledger.ParseCode(typed)
	if !ok {
		page.Form.Wrong(fault.New(fault.Invalid, "reportui.check.form").At("code"))
		return s.renderCheck(r, page)
	}
	page.Form.Set("code", string(code))
	err := r.View(func(q store.Querier) error { return page.byCode(r, q, s, code) })
	if err != nil {
		return err
	}
	if page.Checked.Verdict == ledger.Unknown {
		s.wrong.wrong(r.RemoteAddr)
	}
	return s.renderCheck(r, page)
}

// byCode checks a code and, where it was scanned, the checkpoint beside it.
func (p *checkPage) byCode(r *web.Request, q store.Querier, s *Screens, code ledger.Code) error {
	checked, err := ledger.CheckCode(r.Context(), q, s.config.Key, code)
	if err != nil {
		return err
	}
	p.Checked = &checked
	if checkpoint, ok := ledger.Unpack(r.Query("signed")); ok && checked.Verdict == ledger.Holds {
		if checked.Verdict, checked.Original, err = ledger.CheckSigned(r.Context(), q, s.config.Key, checkpoint); err != nil {
			return err
		}
	}
	if checked.Verdict != ledger.Holds {
		return nil
	}
	of, ok, err := report.Received(r.Context(), q, checked.Event)
	if err != nil || !ok {
		checked.Verdict = ledger.Altered
		return err
	}
	return p.tell(r, q, of)
}

// tell shows what a receipt says, unless it is above ordinary secrecy, and what
// became of it, unless the log is broken and nothing can be said.
func (p *checkPage) tell(r *web.Request, q store.Querier, of report.Receipt) error {
	words, err := wordsOf(r, q, of)
	if err != nil {
		return err
	}
	if p.Withheld = words.Marks.Secrecy != marking.Ordinary; p.Withheld {
		return nil
	}
	p.Words = &words
	if !p.Good() {
		return nil
	}
	became, err := sinceThen(r, q, of)
	p.Since = &became
	return err
}

// checkFile checks a whole receipt: the PDF, or the data in it. A code that was
// typed in the same form goes to its own address.
func (s *Screens) checkFile(r *web.Request) error {
	form, err := r.Posted("check")
	if err != nil {
		return err
	}
	page := checkPage{Form: form, File: true}
	header, err := form.File("file")
	if err != nil {
		if form.Has("code") {
			return r.See("/check?" + url.Values{"code": {form.Text("code")}}.Encode())
		}
		form.Wrong(fault.New(fault.Invalid, "reportui.check.nothing").At("file"))
		return s.renderCheck(r, page)
	}
	if err := s.wrong.allowed(r.RemoteAddr); err != nil {
		form.Errors = append(form.Errors, fault.All(err)...)
		return s.renderCheck(r, page)
	}
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, longestReceipt))
	if err != nil {
		return err
	}
	receipt, err := receiptIn(content)
	if err != nil {
		s.wrong.wrong(r.RemoteAddr)
		form.Errors = append(form.Errors, fault.All(err)...)
		return s.renderCheck(r, page)
	}
	if err := r.View(func(q store.Querier) error { return page.byReceipt(r, q, s, receipt) }); err != nil {
		return err
	}
	return s.renderCheck(r, page)
}

// receiptIn reads the receipt out of a file.
func receiptIn(content []byte) (report.Receipt, error) {
	data, ok := document.Data(content)
	if !ok {
		data = content
	}
	proof, err := ledger.ParseReceipt(data)
	if err != nil {
		return report.Receipt{}, fault.New(fault.Invalid, "reportui.check.file").At("file").Because(err)
	}
	of, err := report.ReadReceipt(proof)
	if err != nil {
		return of, fault.New(fault.Invalid, "reportui.check.file").At("file").Because(err)
	}
	return of, nil
}

// byReceipt checks a whole receipt. What it says is shown also when the log no
// longer has it: its own signature vouches for it then.
func (p *checkPage) byReceipt(r *web.Request, q store.Querier, s *Screens, of report.Receipt) error {
	checked, err := ledger.CheckReceipt(r.Context(), q, s.config.Key, of.Proof)
	if err != nil {
		return err
	}
	p.Checked = &checked
	p.Form.Set("code", string(of.Proof.Code))
	if checked.Verdict == ledger.Foreign || checked.Verdict == ledger.Unknown {
		return nil
	}
	if err := p.tell(r, q, of); !fault.Is(err, fault.NotFound) {
		return err
	}
	return nil // the directive is gone as well
}

func (s *Screens) renderCheck(r *web.Request, page checkPage) error {
	layout := r.Layout()
	layout.Title, layout.Narrow = r.T("reportui.check"), true
	page.Now, page.Page = r.Now(), s.checkAddress(r)
	status := page.Form.Status()
	if len(page.Form.Errors) > 0 && page.Form.Errors[0].Kind == fault.Unavailable {
		status = http.StatusTooManyRequests
	}
	return r.RenderStatus(status, s.check, page)
}
