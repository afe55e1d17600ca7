package folderui

import (
	"fmt"
	"net/http"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/folder"
)

// slipPage is a slip as it was printed, and what came back.
type slipPage struct {
	slipRow
	Folder  string // where its folder is read
	Item    string // where the item is read
	List    string // where what waits is printed
	Kind    string
	Open    bool   // the person may enter it
	Refusal string // why not; "" where nobody has to be told
	Gone    bool   // the leader does not lead the unit any more
	// HandsOver says that the person may let somebody enter slips.
	HandsOver bool
	Form      *web.Form // that enters it
	Scan      file.File // its picture; the zero File while it is out
	Ways      []web.Option
	MostNote  int
	MostSize  int // in MiB
	Judges    bool
	Verdict   *web.Form // of the leader
	Verdicts  []web.Option
}

// slipOf is the slip of the address, for whoever prints folders at its unit. The refusal
// is that of one that does not exist.
func slipOf(r *web.Request, q store.Querier) (folder.Slip, error) {
	unknown := fault.New(fault.NotFound, "folder.code-unknown")
	code, ok := folder.ParseCode(r.PathValue("code"))
	if !ok {
		return folder.Slip{}, unknown
	}
	s, err := folder.Find(r.Context(), q, code)
	if err == nil && r.Actor.May(access.FolderPrint, s.Unit) != nil {
		err = unknown
	}
	return s, err
}

func (s *screens) showSlip(r *web.Request) error {
	return s.renderSlip(r, r.NewForm("enter"), r.NewForm("verdict").Set("verdict", string(folder.Right)), http.StatusOK)
}

func (s *screens) renderSlip(r *web.Request, form, verdict *web.Form, status int) error {
	page := slipPage{Form: form, Verdict: verdict, MostNote: folder.MostNote, MostSize: file.Limit >> 20}
	err := r.View(func(q store.Querier) error {
		slip, err := slipOf(r, q)
		if err != nil {
			return err
		}
		page.slipRow = rowOf(r, slip)
		if slip.Back() {
			page.Scan, err = file.Get(r.Context(), q, slip.File)
			return err
		}
		return page.ask(r, q)
	})
	if err != nil {
		return err
	}
	page.List, page.HandsOver = listPath(page.Unit, page.Leader), r.Actor.May(access.DelegationGive, page.Unit) == nil
	page.Folder, page.Item, page.Kind = folderPath(page.Slip.Folder), itemPath(page.Slip.Item), r.T("folder.kind."+string(page.Slip.Kind))
	page.Judges = page.Back() && page.Slip.Verdict == folder.Unseen && r.Actor.Person == page.Leader && page.By != page.Leader
	for _, way := range page.Content.Ways {
		page.Ways = append(page.Ways, web.Option{Value: string(way), Label: r.T("folder.choice." + string(way))})
	}
	for _, one := range []folder.Verdict{folder.Right, folder.Wrong} {
		page.Verdicts = append(page.Verdicts, web.Option{Value: string(one), Label: r.T("folders.verdict." + string(one))})
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("folders.slip", "code", string(page.Code)), "/folders"
	layout.Crumb(r.T("folders.title"), page.List).Crumb(page.Name, page.Folder).Crumb(string(page.Code), "")
	return r.RenderStatus(status, s.slip, page)
}

// ask says whether the person may enter the slip, or why not.
func (p *slipPage) ask(r *web.Request, q store.Querier) error {
	_, _, err := p.Enters(r.Context(), q, r.Actor, clock.DateOf(r.Now(), r.Zone()))
	switch {
	case err == nil:
		p.Open = true
	case fault.Is(err, fault.Conflict):
		p.Refusal, p.Gone = r.T("folder.leader-gone"), true
	case fault.Is(err, fault.Forbidden):
		p.Refusal = r.T("folder.not-handed-over", "leader", p.Name)
	default:
		return err
	}
	return nil
}

// enter takes what the leader decided on a slip, with its picture.
func (s *screens) enter(r *web.Request) error {
	form, err := r.Posted("enter")
	if err != nil {
		return err
	}
	scan, err := s.take(form)
	if err := form.Refused(err); err != nil {
		return err
	}
	if !form.OK() {
		return s.renderSlip(r, form, r.NewForm("verdict"), form.Status())
	}
	var slip folder.Slip
	err = r.Update(func(tx *ledger.Tx) error {
		slip, err = folder.Enter(r.Context(), tx, r.Actor, folder.EnterCommand{
			Code: r.PathValue("code"), Choice: folder.Choice(form.Text("choice")), Note: form.Lines("note"), Scan: scan,
		})
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderSlip(r, form, r.NewForm("verdict"), form.Status())
	}
	r.Notice("folders.entered", "leader", slip.Name)
	return r.See(folder.SlipPath(slip.Code))
}

// take takes the picture of the form; none is the zero Upload, which is refused with
// everything else that is wrong.
func (s *screens) take(form *web.Form) (file.Upload, error) {
	sent := form.Files("file")
	if len(sent) == 0 {
		return file.Upload{}, nil
	}
	content, err := sent[0].Open()
	if err != nil {
		return file.Upload{}, fmt.Errorf("opening the picture of a slip: %w", err)
	}
	defer content.Close()
	return s.Config.Folder.Take(sent[0].Filename, content)
}

// sendScan sends the picture of a slip for saving.
func (s *screens) sendScan(r *web.Request) error {
	var scan file.File
	err := r.View(func(q store.Querier) error {
		slip, err := slipOf(r, q)
		if err != nil {
			return err
		}
		if !slip.Back() {
			return fault.New(fault.NotFound, "folder.out")
		}
		scan, err = file.Get(r.Context(), q, slip.File)
		return err
	})
	if err != nil {
		return err
	}
	content, err := s.Config.Folder.Open(scan)
	if err != nil {
		return fmt.Errorf("opening the picture of a slip: %w", err)
	}
	defer content.Close()
	r.AttachStored(scan, content)
	return nil
}

// judge takes what the leader says of what was entered in the leader's name.
func (s *screens) judge(r *web.Request) error {
	form, err := r.Posted("verdict")
	if err != nil {
		return err
	}
	code, _ := folder.ParseCode(r.PathValue("code")) // none is not found
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := folder.Judge(r.Context(), tx, r.Actor, code, folder.Verdict(form.Text("verdict")), form.Lines("remark"))
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderSlip(r, r.NewForm("enter"), form, form.Status())
	}
	r.Notice("folders.judged")
	return r.See(folder.SlipPath(code))
}
