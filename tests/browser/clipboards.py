"""HTML as programs put it on the clipboard, shortened: written for the tests after what each program writes."""

GOOGLE_DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1c2d">
<h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt;font-family:Arial,sans-serif;
font-weight:400;font-style:normal;text-decoration:none;white-space:pre-wrap;">Rain at last</span></h1><p dir="ltr"
style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;white-space:pre-wrap;">The ministry received
</span><span style="font-size:11pt;font-weight:700;">7 million</span><span style="font-weight:400;"> euros, </span><span
style="font-weight:400;text-decoration:line-through;">not 5</span><span style="font-weight:400;font-style:italic;"> so
far</span><span style="font-weight:400;">. See </span><a href="https://example.org/report"
style="text-decoration:none;"><span style="color:#1155cc;font-weight:400;text-decoration:underline;">the
report</span></a><span style="font-weight:400;">.</span></p><ul style="margin-top:0;"><li dir="ltr"
style="list-style-type:disc;font-weight:400;" aria-level="1"><p dir="ltr" role="presentation"><span
style="font-weight:400;">Wells</span></p></li><ul><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p
dir="ltr" role="presentation"><span style="font-weight:400;">deep ones</span></p></li></ul><li dir="ltr"
aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">Pumps</span></p></li></ul><p
dir="ltr"><span style="font-weight:400;"><span style="border:none;display:inline-block;width:200px;"><img
src="https://lh7-rt.googleusercontent.com/docsz/AD_4x" width="200" height="100" alt="The dam"></span></span></p></b>"""

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type
content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml>
<w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style><!-- /* Font Definitions */ @font-face
{font-family:Calibri;} p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head><body lang=EN-GB
style='tab-interval:36.0pt'><!--StartFragment--><h1><span lang=EN-GB>Rain at last<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-GB>The ministry received <b style='mso-bidi-font-weight:normal'>7 million</b> euros, <s>not
5</s><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Wells<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Pumps<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0><tr style='mso-yfti-irow:0'><td width=301 valign=top
style='width:225pt;border:solid windowtext 1.0pt'><p class=MsoNormal>Year<o:p></o:p></p></td><td width=301
valign=top><p class=MsoNormal>Wells<o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>2026<o:p></o:p></p></td><td><p
class=MsoNormal>12<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><span class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1"
name="_msoanchor_1">[AB1]</a></span>Last words.<!--[if gte vml 1]><v:shape id="x" type="#_x0000_t75"></v:shape><![endif]-->
<![if !vml]><img width=200 height=100 src="file:///C:/Users/AB/AppData/Local/Temp/msohtmlclip1/01/clip_image002.jpg"
alt="The dam" v:shapes="x"><![endif]><o:p></o:p></p>
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span
class=MsoFootnoteReference>[1]</span></a> Budget 2026.<o:p></o:p></p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p
class=MsoCommentText>Do not publish before the cabinet decides<o:p></o:p></p></div></div></div><!--EndFragment--></body></html>"""

WORD_ONLINE = """<div class="OutlineElement Ltr SCXW1 BCX0" style="direction:ltr;"><p class="Paragraph SCXW1 BCX0"
role="heading" aria-level="1" paraid="1" xml:lang="EN-GB" lang="EN-GB" style="font-weight:normal;"><span
class="TextRun SCXW1 BCX0" data-contrast="none" style="font-size:20pt;"><span class="NormalTextRun
SCXW1">Rain at last</span></span><span class="EOP SCXW1" data-ccp-props="{}">&nbsp;</span></p></div><div
class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1" lang="EN-GB" style="font-weight:normal;"><span
class="TextRun SCXW1" style="font-weight:normal;">The ministry received </span><span class="TextRun SCXW1"
style="font-weight:bold;">7 million</span><span class="TextRun" style="font-weight:normal;"> euros, </span><span
class="TextRun Strikethrough" style="text-decoration:line-through;">not 5</span><span class="EOP">&nbsp;</span></p></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list" style="list-style-type:disc;"><li
data-leveltext="·" data-listid="1" data-aria-level="1" role="listitem" class="OutlineElement Ltr"><p class="Paragraph
SCXW1"><span class="TextRun">Wells</span><span class="EOP">&nbsp;</span></p></li></ul></div>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">@page { size: 21cm 29.7cm; margin: 2cm }
p { line-height: 115%; margin-bottom: 0.25cm }</style></head><body lang="en-GB" link="#000080" dir="ltr">
<h1 class="western">Rain at last</h1><p style="line-height: 100%"><font face="Liberation Serif, serif">The ministry received
<b>7 million</b> euros, <strike>not 5</strike>.</font></p><ul><li><p style="margin-bottom: 0cm">Wells</p></li><li><p>Pumps</p>
</li></ul><table width="643" cellpadding="4" cellspacing="0"><col width="312"/><col width="312"/><tr valign="top"><td
width="312" style="border: 1px solid #000000"><p>Year</p></td><td><p>Wells</p></td></tr><tr><td><p>2026</p></td><td><p>12</p>
</td></tr></table></body></html>"""

OUTLOOK = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><div
class="elementToProof" style="font-family: Aptos, Calibri; font-size: 12pt; color: rgb(0, 0, 0);">The ministry received
<b>7 million</b> euros, <strike>not 5</strike>.</div><div class="elementToProof"><br></div><div class="elementToProof">Write
to <a href="mailto:press@example.org" id="OWA1" class="OWAAutoLink">press@example.org</a>.</div><div id="Signature"><p
class="x_MsoNormal"><span style="display:none">internal: draft 3</span><img src="cid:logo@01D9" alt="Logo"></p></div></body></html>"""

WEB_PAGE = """<meta charset='utf-8'><div class="post" style="color: rgb(33, 33, 33); font-family: Georgia;"><h2
style="margin: 0px;">Rain at last</h2><p style="margin: 0px 0px 1em;">The ministry received <strong>7 million</strong>
euros, <del>not 5</del>. <a href="/annual-report" onclick="track()">Report</a>, <a
href="javascript:void(0)">share</a></p><figure><img src="https://other.example/dam.jpg" srcset="x 2x" alt="The
dam"><figcaption>The dam in May</figcaption></figure><iframe src="https://video.example/embed/1"></iframe><script>track()
</script></div>"""

ARABIC_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-2"><p dir="rtl"
style="text-align: right;"><span style="font-weight:400;">تلقت الوزارة </span><span style="font-weight:700;">7 ملايين
يورو</span><span style="font-weight:400;">، للاتصال: </span><span dir="ltr" style="font-weight:400;">+41 22 555 01
50</span></p></b>"""
