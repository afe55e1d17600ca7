package proseui

import (
	"embed"
	"encoding/json"
	"fmt"
	"io"

	"giaoban/internal/base/fault"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news/prose"
)

// Texts are the words of the editor.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed script/*.ts script/*.css script/icon/*.svg script/prosemirror/prosemirror.esm.js
var scripts embed.FS

// Script is the entry that a page with a [Field] loads.
const Script = "prose/editor.ts"

// Bundle is the editor's script and style.
var Bundle = web.Bundle{Part: "prose", Files: scripts, Folder: "script", Entries: []string{"editor.ts", "editor.css"}}

// PasteLimit is the most bytes that a route for [Paste] has to let in.
const PasteLimit = prose.MaxPaste

// Field is what a template needs for a textarea that becomes the editor. A page's script
// puts a picture or a figure into it by an event "prose-put" at the textarea, whose detail
// is a structure as it is stored.
//
//	<textarea name="body" data-prose data-paste="{{.Paste}}" data-upload="{{.Upload}}" data-pictures="{{.Pictures}}" data-words="{{json .Words}}"{{if not .Plain}} readonly{{end}}>{{.Value}}</textarea>
type Field struct {
	Value    string            // what it holds; prose.Typed reads it
	Plain    bool              // it can be changed without the editor too
	Paste    string            // the address that reads pastes
	Upload   string            // the address that takes pictures, and answers with the file's id; "" for none
	Pictures string            // what stands before a file's id where pictures are fetched; "" shows none
	Words    map[string]string // on the editor's buttons
}

// NewField is a field with a document, in the language of the request, whose pastes are
// read at an address.
func NewField(r *web.Request, document prose.Document, paste string) (Field, error) {
	value, plain, err := document.Field()
	return Field{Value: value, Plain: plain, Paste: paste, Words: words(r.T)}, err
}

// Typed is the field again with what was sent, when the form has faults.
func (f Field) Typed(sent string) Field {
	f.Value, f.Plain = sent, true
	document, err := prose.Typed(sent)
	if err != nil {
		return f
	}
	if value, plain, err := document.Field(); err == nil {
		f.Value, f.Plain = value, plain
	}
	return f
}

// names are those of the editor's words.
var names = []string{
	"text", "bar", "heading", "subheading", "bold", "italic", "link", "link-to", "link-set", "link-wrong", "bullets", "numbers", "quote",
	"table", "row", "column", "row-gone", "column-gone", "table-gone",
	"upload", "picture-sending", "picture-put", "picture-failed", "picture-dropped", "paste-plain", "paste-refused", "picture", "picture-set", "alt", "decorative", "caption", "credit", "rule", "undo", "redo",
}

func words(t func(key string, args ...any) string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		all[name] = t("prose.editor." + name)
	}
	return all
}

// Paste answers with the structure of the page that was sent: what the editor puts where
// somebody pastes. It changes nothing.
func Paste(r *web.Request) error {
	page, err := io.ReadAll(io.LimitReader(r.Body, PasteLimit+1))
	if err != nil {
		return fault.New(fault.Invalid, "prose.unreadable").Because(fmt.Errorf("reading a paste: %w", err))
	}
	document, err := prose.FromHTML(string(page))
	if err != nil {
		return err
	}
	shape, err := document.Encode()
	if err != nil {
		return err
	}
	return r.JSON(json.RawMessage(shape))
}
