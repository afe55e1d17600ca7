// Package difficultyui shows difficulties: what an office is asked, what a unit has
// raised, and all below; the form by which one is raised; and the page of one, where
// it is answered, handed on, joined with alike ones, confirmed or opened again.
package difficultyui
