package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"time"
)

// wordWriter counts what a file of Word numbers itself.
type wordWriter struct {
	numbered int // lists with numbers so far
}

// Word is the paper as a .docx file. It names Times New Roman, and holds no macro, no
// link and no picture. The same paper is the same bytes.
func (p Paper) Word() ([]byte, error) {
	w := &wordWriter{}
	document := p.document(w) // counts the lists that numbering tells of
	parts := []struct {
		name string
		root element
	}{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", relationships(
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument", "word/document.xml",
			"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml",
		)},
		{"docProps/core.xml", p.properties()},
		{"word/document.xml", document},
		{"word/_rels/document.xml.rels", relationships(
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles", "styles.xml",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering", "numbering.xml",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings", "settings.xml",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header", "header1.xml",
		)},
		{"word/styles.xml", styles(p.Lang)},
		{"word/numbering.xml", numbering(w.numbered)},
		{"word/settings.xml", settings()},
		{"word/header1.xml", pageNumber()},
	}
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for _, part := range parts {
		content, err := part.root.file()
		if err != nil {
			return nil, fmt.Errorf("making %s of a .docx file: %w", part.name, err)
		}
		// The header has no time of its own, which leaves the file the same.
		to, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("making %s of a .docx file: %w", part.name, err)
		}
		if _, err := to.Write(content); err != nil {
			return nil, fmt.Errorf("making %s of a .docx file: %w", part.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("making a .docx file: %w", err)
	}
	return b.Bytes(), nil
}

func contentTypes() element {
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	types := node("Types", "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types").with(
		node("Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml"),
		node("Default", "Extension", "xml", "ContentType", "application/xml"),
		node("Override", "PartName", "/docProps/core.xml", "ContentType", "application/vnd.openxmlformats-package.core-properties+xml"),
	)
	for _, part := range [][2]string{
		{"document", "document.main"}, {"styles", "styles"}, {"numbering", "numbering"}, {"settings", "settings"}, {"header1", "header"},
	} {
		types = types.with(node("Override", "PartName", "/word/"+part[0]+".xml", "ContentType", word+part[1]+"+xml"))
	}
	return types
}

// relationships are those of a part, as type, target pairs; their ids are rId1 and on.
func relationships(pairs ...string) element {
	all := node("Relationships", "xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
	for i := 0; i+1 < len(pairs); i += 2 {
		all = all.with(node("Relationship", "Id", fmt.Sprintf("rId%d", i/2+1), "Type", pairs[i], "Target", pairs[i+1]))
	}
	return all
}

// properties are what the file says of itself.
func (p Paper) properties() element {
	made := p.Made.UTC().Format(time.RFC3339)
	moment := func(name string) element {
		return element{name: name, attrs: []string{"xsi:type", "dcterms:W3CDTF"}, text: made}
	}
	return node("cp:coreProperties",
		"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:dcterms", "http://purl.org/dc/terms/",
		"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance",
	).with(
		element{name: "dc:title", text: p.title()},
		element{name: "dc:creator", text: flat(p.Issuer)},
		element{name: "dc:language", text: p.Lang},
		moment("dcterms:created"), moment("dcterms:modified"),
	)
}

// title is what the file calls itself.
func (p Paper) title() string { return flat(p.Kind + " " + p.Subject) }
