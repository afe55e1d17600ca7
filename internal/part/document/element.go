package document

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// element is an element of WordprocessingML, its names with their prefixes.
type element struct {
	name     string
	attrs    []string // name, value pairs
	text     string
	children []element
}

// node makes an element of attributes, as name, value pairs, and no content.
func node(name string, attrs ...string) element { return element{name: name, attrs: attrs} }

// with is the element with more children.
func (e element) with(children ...element) element {
	e.children = append(e.children[:len(e.children):len(e.children)], children...)
	return e
}

// value makes the element that holds one value, as most of WordprocessingML does.
func value(name, v string) element { return node(name, "w:val", v) }

// group makes an element of others.
func group(name string, children ...element) element { return element{name: name, children: children} }

func (e element) write(to *xml.Encoder) error {
	start := xml.StartElement{Name: xml.Name{Local: e.name}}
	for i := 0; i+1 < len(e.attrs); i += 2 {
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: e.attrs[i]}, Value: e.attrs[i+1]})
	}
	if err := to.EncodeToken(start); err != nil {
		return err
	}
	if e.text != "" {
		if err := to.EncodeToken(xml.CharData(e.text)); err != nil {
			return err
		}
	}
	for _, child := range e.children {
		if err := child.write(to); err != nil {
			return err
		}
	}
	return to.EncodeToken(start.End())
}

// file is a whole XML file with e at its root.
func (e element) file() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	to := xml.NewEncoder(&b)
	to.Indent("", " ")
	if err := e.write(to); err != nil {
		return nil, fmt.Errorf("writing <%s>: %w", e.name, err)
	}
	if err := to.Close(); err != nil {
		return nil, fmt.Errorf("writing <%s>: %w", e.name, err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
