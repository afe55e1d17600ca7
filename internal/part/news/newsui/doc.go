// Package newsui shows the public page: to everybody what is published, with readers'
// opinions, and to a desk its articles, where they are written, published, corrected and
// withdrawn, and the opinions that wait to be read.
package newsui
