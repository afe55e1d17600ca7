package folderui

import (
	"fmt"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/folder"
)

// showPage is a folder with its slips: which are out, and what came back.
type showPage struct {
	folder.Folder
	Unit  string
	Tally string
	Rows  []slipRow
}

// tally says how many of a folder's slips are back, and how many are no longer good.
func tally(r *web.Request, f folder.Folder) string {
	said := r.T("folders.some-back", "n", f.Back, "all", f.Slips)
	if f.Back == f.Slips {
		said = r.T("folders.all-back", "n", f.Slips)
	}
	if f.Void > 0 {
		said += ", " + r.T("folders.some-void", "n", f.Void)
	}
	return said
}

// Path is where the folder is read.
func (p showPage) Path() string { return folderPath(p.ID) }

// slipRow is a slip in words.
type slipRow struct {
	folder.Slip
	Path       string
	Sign, Word string
}

func folderPath(id int64) string { return "/folders/" + strconv.FormatInt(id, 10) }

// folderOf is the folder of the address, for whoever prints folders at its unit. The
// refusal is that of one that does not exist.
func folderOf(r *web.Request, q store.Querier) (folder.Folder, error) {
	id, err := r.ID("id")
	if err != nil {
		return folder.Folder{}, err
	}
	f, err := folder.Get(r.Context(), q, id)
	if err == nil && r.Actor.May(access.FolderPrint, f.Unit) != nil {
		err = fault.New(fault.NotFound, "folder.not-found")
	}
	return f, err
}

func (s *screens) showOne(r *web.Request) error {
	var page showPage
	err := r.View(func(q store.Querier) (err error) {
		if page.Folder, err = folderOf(r, q); err != nil {
			return err
		}
		slips, err := folder.Slips(r.Context(), q, page.ID)
		for _, one := range slips {
			page.Rows = append(page.Rows, rowOf(r, one))
		}
		return err
	})
	if err != nil {
		return err
	}
	unit, _ := r.Actor.Tree.Unit(page.Folder.Unit)
	page.Unit, page.Tally = unit.Name, tally(r, page.Folder)
	if r.Query("print") != "" { // one click prints: the paper comes without a second one, and without a script
		r.Writer.Header().Set("Refresh", "0;url="+page.Path()+"/paper")
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("folders.one", "name", page.Name), "/folders"
	layout.Crumb(r.T("folders.title"), listPath(page.Folder.Unit, page.Leader)).Crumb(page.Name, "")
	return r.Render(s.show, page)
}

func rowOf(r *web.Request, s folder.Slip) slipRow {
	row := slipRow{Slip: s, Path: folder.SlipPath(s.Code), Sign: "waiting", Word: r.T("folders.out")}
	if s.Back() {
		row.Sign, row.Word = "done", r.T("folder.choice."+string(s.Choice))
	}
	if s.Void() {
		row.Sign, row.Word = "none", r.T("folders.void")
	}
	if s.Choice == folder.Hold {
		row.Sign = "none"
	}
	if s.Verdict == folder.Wrong {
		row.Sign, row.Word = "late", r.T("folders.wrong")
	}
	return row
}

// sendPaper sends the paper of a folder, for printing.
func (s *screens) sendPaper(r *web.Request) error {
	var content []byte
	var f folder.Folder
	err := r.View(func(q store.Querier) (err error) {
		if f, err = folderOf(r, q); err != nil {
			return err
		}
		content, err = folder.Paper(r.Context(), q, r.Texts(), s.Tree, s.addressOf(r), f)
		return err
	})
	if err != nil {
		return err
	}
	return r.Attach(fmt.Sprintf("%s-%d.pdf", r.T("folders.file"), f.ID), file.PDF, content)
}

// addressOf is where a telephone finds the program: where people are told to, or where
// this person found it.
func (s *screens) addressOf(r *web.Request) string {
	if s.Address != "" {
		return s.Address
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host
}
