// Package picture makes clean pictures of what editors upload.
//
// Whatever was sent is judged by its header before anything of it is decoded, then
// decoded, turned as its camera was held, and written anew: of the file that came no
// byte is kept, neither where a photograph was taken nor what hides behind its end.
//
// The package keeps nothing and knows no HTTP and no SQL. Read [Read] first.
package picture
