package web

import "embed"

// Texts are the frame's own texts, a source for [giaoban/internal/base/text.Load].
//
//go:embed texts.yaml
var Texts embed.FS
