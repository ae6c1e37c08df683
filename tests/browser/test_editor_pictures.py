"""Pictures in the editor, in a real browser: nothing that is typed, pasted or dragged makes one vanish."""

import pytest
from playwright.sync_api import expect

from .editing import Editor

PICTURE = "figure img"


@pytest.fixture
def image(form):
    return form.image


@pytest.fixture
def figure(image):
    return (
        f'<figure><img src="{image.file.url}" alt="The sea" width="90" height="60">'
        "<figcaption>The <em>sea</em></figcaption></figure>"
    )


@pytest.fixture
def editor(form, figure):
    return Editor(form, f"<p>Before</p>{figure}<p>After</p>")


def test_what_is_typed_on_a_selected_picture_comes_after_it(editor, figure):
    editor.area.locator(PICTURE).click()
    editor.keys.type("New line")
    assert editor.stored() == f"<p>Before</p>{figure}<p>New line</p><p>After</p>"


def test_enter_on_a_selected_picture_begins_a_paragraph_after_it(form, figure):
    editor = Editor(form, f"{figure}<p>After</p>")
    editor.area.locator(PICTURE).click()
    editor.press("Enter")
    editor.keys.type("New line")
    assert editor.stored() == f"{figure}<p>New line</p><p>After</p>"


def test_enter_in_a_caption_leaves_the_picture(editor, figure):
    editor.caret("figcaption")
    editor.keys.type(" of Aral")
    editor.press("Home", "Enter")
    editor.keys.type("New line")
    longer = figure.replace("<em>sea</em>", "<em>sea of Aral</em>")
    assert editor.stored() == f"<p>Before</p>{longer}<p>New line</p><p>After</p>"


def test_enter_in_a_caption_uses_the_empty_paragraph_that_is_there(editor, figure):
    editor.caret("figcaption")
    editor.press("Enter")
    editor.caret("figcaption")
    editor.press("Enter")
    expect(editor.area.locator("> p")).to_have_count(3)


@pytest.mark.parametrize("key", ["Backspace", "Delete"])
def test_a_selected_picture_is_deleted_and_comes_back_by_undo(editor, figure, key):
    editor.area.locator(PICTURE).click()
    editor.press(key)
    expect(editor.area.locator("figure")).to_have_count(0)
    editor.press("Control+z")
    expect(editor.area.locator(PICTURE)).to_have_count(1)
    assert editor.stored() == f"<p>Before</p>{figure}<p>After</p>"


@pytest.mark.parametrize(("where", "keys"), [("text=After", ["Home", "Backspace"]), ("text=Before", ["End", "Delete"])])
def test_a_key_at_the_edge_of_a_paragraph_beside_a_picture_selects_it(editor, figure, where, keys):
    editor.caret(where)
    editor.press(*keys)
    expect(editor.area.locator("figure.ProseMirror-selectednode")).to_have_count(1)
    editor.press(keys[1])
    assert editor.stored() == "<p>Before</p><p>After</p>"


def test_backspace_in_an_empty_paragraph_after_a_picture_removes_the_paragraph_alone(editor, figure):
    editor.caret("figcaption")
    editor.press("Enter", "Backspace")
    expect(editor.area.locator("figure.ProseMirror-selectednode")).to_have_count(1)
    expect(editor.area.locator("> p")).to_have_count(2)


def test_backspace_at_the_start_of_a_caption_selects_the_picture(editor):
    editor.caret("figcaption", "Home")
    editor.press("Backspace")
    expect(editor.area.locator("figure.ProseMirror-selectednode")).to_have_count(1)


def test_what_is_pasted_on_a_selected_picture_comes_after_it(editor, figure):
    editor.page.evaluate("() => navigator.clipboard.writeText('Pasted')")
    editor.area.locator(PICTURE).click()
    editor.press("Control+v")
    assert editor.stored() == f"<p>Before</p>{figure}<p>Pasted</p><p>After</p>"


def test_a_copied_picture_is_pasted_whole(editor, figure):
    editor.area.locator(PICTURE).click()
    editor.press("Control+c")
    editor.caret("text=After")
    editor.press("Enter", "Control+v")
    assert editor.stored() == f"<p>Before</p>{figure}<p>After</p>{figure}"


def test_a_picture_that_is_cut_and_pasted_moves_whole(editor, figure):
    editor.area.locator(PICTURE).click()
    editor.press("Control+x")
    editor.caret("text=After")
    editor.press("Enter", "Control+v")
    assert editor.stored() == f"<p>Before</p><p>After</p>{figure}"


@pytest.mark.parametrize("selected", [False, True])
def test_a_picture_is_dragged_whole(editor, figure, selected):
    editor.page.set_viewport_size({"width": 1280, "height": 1800})
    if selected:
        editor.area.locator(PICTURE).click()
    else:
        editor.caret("text=Before")
    box = editor.area.locator("text=After").bounding_box()
    editor.area.locator(PICTURE).hover()
    editor.page.mouse.down()
    editor.page.mouse.move(box["x"] + 300, box["y"] + 20, steps=10)
    editor.page.mouse.up()
    expect(editor.area.locator("> p + p")).to_have_text("After")
    assert editor.stored() == f"<p>Before</p><p>After</p>{figure}"


def test_text_of_an_input_method_comes_after_a_selected_picture(form, editor, figure):
    editor.area.locator(PICTURE).click()
    session = form.context.new_cdp_session(form.page)
    key = {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"}
    for text in ("n", "ni", "你"):
        session.send("Input.dispatchKeyEvent", key)
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    assert editor.stored() == f"<p>Before</p>{figure}<p>你</p><p>After</p>"


def test_text_that_comes_without_a_key_comes_after_a_selected_picture(editor, figure):
    editor.area.locator(PICTURE).click()
    editor.keys.insert_text("🙂")
    assert editor.stored() == f"<p>Before</p>{figure}<p>🙂</p><p>After</p>"


@pytest.mark.parametrize("button", ["Heading", "List", "Quotation"])
def test_formatting_everything_keeps_the_pictures(editor, figure, button):
    editor.caret("text=Before")
    editor.press("Control+a")
    editor.page.locator(".field-body").get_by_role("button", name=button, exact=True).click()
    assert figure in editor.stored()


def test_a_caption_becomes_no_heading_list_or_quotation(editor, figure):
    editor.caret("figcaption")
    editor.press("Control+Alt+2", "Control+Shift+8", "Control+Shift+b")
    assert figure in editor.stored()


def test_deleting_from_a_paragraph_into_a_caption_leaves_no_empty_figure(editor):
    editor.caret("text=Before")
    editor.press("Shift+ArrowDown", "Backspace")
    assert "<figure><figcaption>" not in editor.stored()


@pytest.mark.parametrize("field", ["body", "notes_to_editors"])
def test_a_line_is_not_replaced_by_what_is_typed(form, field):
    editor = Editor(form, "<p>Before</p><hr><p>After</p>", field)
    editor.area.locator("hr").click()
    editor.keys.type("New")
    assert editor.stored() == "<p>Before</p><hr><p>New</p><p>After</p>"


def test_a_picture_in_a_line_of_text_is_not_replaced_by_what_is_typed(form, image):
    picture = f'<img src="{image.file.url}" alt="The sea">'
    editor = Editor(form, f"<p>Before {picture} after</p>")
    editor.area.locator("img").click()
    editor.keys.type("wards")
    assert editor.stored() == f"<p>Before {picture}wards after</p>"


@pytest.mark.parametrize("block", ["<blockquote><p>Said</p></blockquote>", "<ul><li>Said</li></ul>"])
def test_a_block_selected_whole_is_not_replaced_by_what_is_typed(form, block):
    editor = Editor(form, f"<p>Before</p>{block}<p>After</p>")
    editor.area.locator("text=Said").click(modifiers=["Control"])
    editor.keys.type("New")
    body = editor.stored()
    assert "Said" in body
    assert "New" in body


def test_a_table_is_not_eaten_from_the_paragraph_after_it(form):
    table = "<table><tbody><tr><th>One</th></tr><tr><td>Two</td></tr></tbody></table>"
    editor = Editor(form, f"<p>Before</p>{table}<p>After</p>")
    editor.caret("text=After", "Home")
    editor.press("Backspace")
    editor.keys.type("x")
    assert editor.stored() == f"<p>Before</p>{table}<p>After</p>".replace("Two", "Twox")


def insert(editor, image, caption=""):
    editor.page.locator(".field-body").get_by_role("button", name="Picture from the library").click()
    editor.page.get_by_label("Image URL").fill(image.file.url)
    editor.page.get_by_label("Caption").fill(caption)
    editor.page.get_by_role("button", name="Insert", exact=True).click()


@pytest.mark.parametrize("caption", ["", "The sea"])
def test_after_a_picture_is_inserted_the_text_goes_on_below_it(form, image, caption):
    editor = Editor(form, "<p>Before</p><p>After</p>")
    editor.caret("text=Before")
    insert(editor, image, caption)
    editor.keys.type("One")
    editor.press("Enter")
    editor.keys.type("Two")
    shown = f"<figcaption>{caption}</figcaption>" if caption else ""
    picture = f'<figure><img src="{image.file.url}" alt="">{shown}</figure>'
    assert editor.stored() == f"<p>Before</p>{picture}<p>One</p><p>Two</p><p>After</p>"


def test_a_picture_takes_the_place_of_an_empty_paragraph(form, image):
    editor = Editor(form, "")
    editor.area.click()
    insert(editor, image)
    expect(editor.area.locator("> *")).to_have_count(2)
    editor.keys.type("One")
    assert editor.stored() == f'<figure><img src="{image.file.url}" alt=""></figure><p>One</p>'


def test_inserting_a_picture_keeps_the_text_that_is_selected(form, image):
    editor = Editor(form, "<p>Before</p>")
    editor.caret("text=Before")
    editor.press("Control+a")
    insert(editor, image)
    assert "<p>Before</p>" in editor.stored()


def test_a_picture_without_a_caption_gets_one_by_typing(form, image):
    picture = f'<figure><img src="{image.file.url}" alt="The sea"></figure>'
    editor = Editor(form, f"<p>Before</p>{picture}")
    editor.area.locator("figcaption").click()
    editor.keys.type("Aral")
    assert editor.stored() == "<p>Before</p>" + picture.replace("</figure>", "<figcaption>Aral</figcaption></figure>")


@pytest.mark.parametrize("where", [PICTURE, "figcaption"])
def test_the_button_changes_the_picture_that_is_selected(editor, figure, where):
    editor.area.locator(where).click()
    editor.page.locator(".field-body").get_by_role("button", name="Picture from the library").click()
    expect(editor.page.get_by_label("Alternative Text")).to_have_value("The sea")
    editor.page.get_by_label("Alternative Text").fill("Waves")
    editor.page.get_by_role("button", name="Update", exact=True).click()
    changed = figure.replace('alt="The sea"', 'alt="Waves"')
    assert editor.stored() == f"<p>Before</p>{changed}<p>After</p>"
