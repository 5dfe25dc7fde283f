"""Words that tell of saying, folded: verbs and participles in their forms, nouns, and what they are followed by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from app.suggest.words import listed

VERB, ALONGSIDE, AFTERWARDS, NOUN = "verb", "alongside", "afterwards", "noun"


class Saying(NamedTuple):
    """A word of saying: which sort it is, what its verb is called, how many letters stand before it, its gender.

    `ALONGSIDE` are participles of who spoke last (مشيراً إلى), `AFTERWARDS` words before who says what stands before
    (بحسب), `NOUN` words with a pronoun for who speaks (قوله).
    """

    sort: str
    verb: str
    cut: int
    feminine: bool


_VERBS: Final = """
قال يقول قائل|اضاف يضيف مضيف|اكد يؤكد مؤكد|اعلن يعلن معلن|ذكر يذكر ذاكر|اوضح يوضح موضح|افاد يفيد مفيد
صرح يصرح مصرح|تابع يتابع متابع|اردف يردف مردف|استدرك يستدرك مستدرك|شدد يشدد مشدد|كشف يكشف كاشف|اعتبر يعتبر معتبر
راي يري -|زعم يزعم زاعم|ادعي يدعي مدعي|لفت يلفت لافت|بين يبين مبين|نفي ينفي نافي|كتب يكتب -|غرد يغرد -
حذر يحذر محذر|نبه ينبه منبه|اشار يشير مشير|اقر يقر مقر|اعترف يعترف معترف|توقع يتوقع متوقع|تعهد يتعهد متعهد
توعد يتوعد متوعد|دعا يدعو داعي|طالب يطالب مطالب|ناشد يناشد مناشد|وصف يصف واصف|اهاب يهيب -|المح يلمح ملمح
رد يرد -|هدد يهدد مهدد|استطرد يستطرد مستطرد|ختم يختم -|اتهم يتهم متهم|لاحظ يلاحظ ملاحظ|اعتقد يعتقد معتقد
روي يروي -|طمان يطمئن مطمئن|علق يعلق معلق|تساءل يتساءل متساءل|اجاب يجيب -|رجح يرجح مرجح|قدر يقدر مقدر
احصي يحصي -|وثق يوثق موثق|وعد يعد واعد|تذكر يتذكر متذكر|همس يهمس هامس|ردد يردد مردد|استبعد يستبعد مستبعد
تحدث يتحدث متحدث|نوه ينوه منوه|خلص يخلص -|جزم يجزم جازم|حث يحث حاث|رفض يرفض رافض|تمني يتمني متمني|اقسم يقسم -
انتقد ينتقد منتقد|اقترح يقترح مقترح|عقب يعقب معقب|اورد يورد -|نقل ينقل ناقل|ابلغ يبلغ مبلغ|اخبر يخبر مخبر
استنكر يستنكر مستنكر|ندد يندد مندد|ادان يدين -|حض يحض -|برر يبرر مبرر|شكا يشكو شاكي|صاح يصيح -|هتف يهتف هاتف
تخوف يتخوف متخوف|اسف ياسف -|دون يدون -|سمي يسمي مسمي|كرر يكرر مكرر|سال يسال -|واصل يواصل مواصل|تعجب يتعجب متعجب
خاطب يخاطب مخاطب|نصح ينصح -|شرح يشرح شارح|اعاد يعيد معيد|افصح يفصح مفصح|فند يفند مفند|اختتم يختتم مختتم
ختم يختتم خاتم|قرا يقرا -|قرر يقرر -|ابرز يبرز مبرز|اوصي يوصي موصي|سجل يسجل -|اشتكي يشتكي مشتكي
تباهي يتباهي متباهي|علل يعلل معلل|دافع يدافع مدافع|طرح يطرح -|لخص يلخص ملخص|حكي يحكي -|اعرب يعرب معرب
عبر يعبر معبر|ابدي يبدي مبدي|رحب يرحب مرحب|سخر يسخر -|استغرب يستغرب مستغرب|صرخ يصرخ صارخ|استذكر يستذكر مستذكر
انكر ينكر منكر|زاد يزيد -|استفسر يستفسر مستفسر|استهجن يستهجن مستهجن|ابان يبين -|افتي يفتي مفتي|تكهن يتكهن متكهن
تنبا يتنبا متنبئ|خمن يخمن مخمن|جادل يجادل مجادل|تهكم يتهكم متهكم|تندر يتندر متندر|احتج يحتج محتج
توسل يتوسل متوسل|مازح يمازح ممازح|افترض يفترض مفترض|سرد يسرد -|اسهب يسهب مسهب|جاهر يجاهر مجاهر|صارح يصارح مصارح
حاجج يحاجج محاجج|تذرع يتذرع متذرع|استشهد يستشهد مستشهد|اوحي يوحي موحي|هنا يهنئ مهنئ|كذب يكذب مكذب|دحض يدحض داحض
عاتب يعاتب معاتب|نعي ينعي ناعي|رثي يرثي -|اطلع يطلع مطلع|استهل يستهل مستهل|اشاد يشيد مشيد|اثني يثني مثني
حيا يحيي محيي|شكك يشكك مشكك|تمتم يتمتم متمتم|غمغم يغمغم مغمغم|تنهد يتنهد متنهد|حكي يحكي حاكي|عزا يعزو عازي
باح يبوح بائح|شهد يشهد شاهد|اصر يصر مصر|قطع يقطع قاطع|ارتاي يرتئي مرتئي|اعترض يعترض معترض|تذمر يتذمر متذمر
اعتذر يعتذر معتذر|استنتج يستنتج مستنتج|اجمل يجمل مجمل|اوجز يوجز موجز|عاهد يعاهد معاهد|استغاث يستغيث مستغيث
ابتهل يبتهل مبتهل|لام يلوم لائم|وبخ يوبخ موبخ|هاجم يهاجم مهاجم|امتدح يمتدح ممتدح|اسر يسر -|نطق ينطق ناطق
التزم يلتزم ملتزم|اخطر يخطر مخطر|بلغ يبلغ مبلغ|اذاع يذيع -|بث يبث -|صدق يصدق مصدق|فسر يفسر مفسر|داعب يداعب مداعب
اجمع يجمع مجمع|طلب يطلب -|الح يلح ملح|ارجع يرجع مرجع|تفاخر يتفاخر متفاخر|جدد يجدد مجدد|اشترط يشترط مشترط
راهن يراهن مراهن|تمسك يتمسك متمسك|تحسر يتحسر متحسر|تاسف يتاسف متاسف|استدل يستدل مستدل|ايد يؤيد مؤيد
لوح يلوح ملوح|لمح يلمح -|بشر يبشر مبشر|نص ينص -|استرسل يسترسل مسترسل
"""
"""Verbs as past, present and participle; the other forms are made of these."""
_OTHER_FORMS: Final = (
    "وصفه:وصف وصفها:وصف وصفته:وصف وصفتها:وصف اعتبره:اعتبر اعتبرها:اعتبر اعتبرته:اعتبر اخبرنا:اخبر اخبرتنا:اخبر "
    "اخبرني:اخبر اخبرتني:اخبر ابلغنا:ابلغ ابلغتنا:ابلغ ابلغني:ابلغ يرون:راي قلت:قال قلن:قال تقولان:قال "
    "قالا:قال قائلين:قال يعدون:وعد مطمئنا:طمان مطمئنه:طمان تطمئن:طمان "
)
_NOUNS: Final = (
    "دعوته:دعا دعوتها:دعا دعوتهم:دعا مطالبته:طالب مطالبتها:طالب تحذيره:حذر تحذيرها:حذر تاكيده:اكد تاكيدها:اكد "
    "الاشاره:اشار التنبيه:نبه التحذير:حذر الاعتراف:اعترف الاقرار:اقر التذكير:ذكر الادعاء:ادعي الزعم:زعم "
    "التلميح:لمح الاعلان:اعلن التهديد:هدد اقراره:اقر اقرارها:اقر تلميحه:لمح تلميحها:لمح تهديده:هدد تهديدها:هدد "
    "وعيده:توعد تذكيره:ذكر تذكيرها:ذكر قوله:قال قولها:قال قولهم:قال قولهما:قال تعبيره:قال تعبيرها:قال "
    "تعبيرهم:قال القول:قال تاكيدهم:اكد التاكيد:اكد التشديد:شدد تشديده:شدد تشديدها:شدد زعمه:زعم زعمها:زعم "
    "زعمهم:زعم ادعاءه:ادعي ادعاءها:ادعي نفيه:نفي نفيها:نفي اعترافه:اعترف اعترافها:اعترف اعلانه:اعلن "
    "اعلانها:اعلن توقعه:توقع توقعها:توقع تعهده:تعهد تعهدها:تعهد اشارته:اشار اشارتها:اشار تصريحه:صرح "
    "تصريحها:صرح تعليقه:علق تعليقها:علق "
)
_AFTERWARDS: Final = listed("بحسب وفق وفقا حسب طبقا حسبما نقلا استنادا براي بتقدير برواية بشهاده بزعم")
NAMES_A_TOPIC: Final = {
    **dict.fromkeys(listed("اشار لفت نبه المح نوه دعا خلص طمان لمح اوحي"), "الي"),
    **dict.fromkeys(listed("شدد اكد رد علق حث حض"), "علي"),
    **dict.fromkeys(listed("كشف تحدث اعلن عبر اعرب افصح"), "عن"),
    **dict.fromkeys(listed("حذر تخوف اشتكي شكا"), "من"),
    **dict.fromkeys(listed("التزم اقر اعترف طالب وعد تعهد اتهم هدد توعد افاد وصف ندد لوح بشر"), "ب"),
}
"""What a verb has before that which is said: أشار إلى, حذّر من. إلى, على and عن belong to the word of saying."""
STATES: Final = listed(
    "طمان التزم اعلن اكد نفي كشف اشار لفت حذر نبه توقع رجح قدر اقر اعترف احصي وثق تحدث المح زعم ادعي استبعد ذكر",
    "افاد اوضح انكر لمح",
)
"""Verbs that carry what is said as a noun too: أعلن مقتل ثلاثة, حذّر من انتشار المرض."""
CONTINUES: Final = listed("قال اضاف اكد اوضح اشار تابع اردف ذكر اعلن لفت حذر نفي كشف شدد دعا طالب")
"""Verbs that begin a new clause with و even where no comma stands before it: … وأضاف أن."""
WEAK: Final = listed("سجل طرح ابرز واصل جدد دون قرا كتب سال اورد روي شرح اعاد نقل")
"""Verbs of much else: what they carry within quotation marks has a colon before it, or is long."""
NAMING: Final = listed("وصف اعتبر سمي")
"""Verbs whose quote may be one word: وصفه بـ«المجزرة»."""
ONLY_QUOTED: Final = listed(
    "طلب قرر رحب سخر وصف دعا ناشد اهاب حث حض رفض اتهم جدد واصل نشر دون سمي انتقد استنكر ندد ادان عقب هنا كذب عاتب",
    "نعي رثي اشاد اثني حيا",
)
"""Verbs that carry no clause with أن: only what stands within quotation marks, or what another word begins."""
THAT: Final = listed(
    "انكم انكن بانكم ان انه انها انهم انهما انني انا بان بانه بانها بانهم بانهما فان فانه فانها انهن بانني باننا",
    "اننا لان",
)
"""إنّ and أنّ, with a pronoun or without: what is said begins at the next word."""
NO_THAT_AFTER: Final = listed(
    "قبل بعد دون رغم منذ غير الا بما كما حيث يجب يمكن ينبغي بد يتعين شرط الي سبق يستطيع يريد تريد حين لولا بيد سوي",
    "بمجرد",
)
"""Words with which أن says no more than when or whether: بعد أن, يجب أن."""
REPORTED: Final = listed("حسبما كما ما مثلما وكما")
"""Words before a verb of saying that follows what it carries: حسبما أفاد."""
CONNECTS: Final = listed(
    "فيما بينما في حين لكنه لكنها لكن لكنهم ثم وهو وهي كما وقد وكان وكانت كذلك ايضا من جهته جهتها جانبه جانبها",
    "والذي والتي الذي التي",
)
"""Words between a comma and the next word of saying, with which the clause before it ends."""
NOT: Final = listed("لم لن ولم ولن لما فلم هل وهل فهل")
WITHOUT_NOTE: Final = listed(
    "الاتفاق القانون الماده الدستور الخطه القرار المعايير الحاجه الظروف العقد الجدول التوقيت الاصول النظام السن",
    "الحاله الموعد الطلب الاولويه المواصفات النتائج المواعيد التقويم اللوائح القواعد الشروط",
)
"""What is followed and does not speak: وفق القانون."""
NO_AND: Final = listed(
    "وزير وزيره وزاره وزراء وفاه وفيات وفد وفود وحده وحدات وكاله وكيل وسط وسطاء وصل وصلت وقع وقعت وقف وقفت ورد وضع",
    "وضعت وجه وجهت وزع وزعت وعد وعدت وصف وصفت وثق وثقت ولد ولدت وجد وجدت وسع وضح وافق وافقت واجه واصل فضل فتح وردت",
    "فاجا فاجات فضح فند فسر فسرت فجر فوجئ فاز فازت فقد فقدت فرض فرضت فصل فهم فكر فتش فشل وبخ وبخت ودع ودعت ورط",
)
"""Words whose و or ف is a letter of their own."""
TITLED: Final = listed(
    "صاحب صاحبه مؤلف مؤلفه لوحه فيلم فلم مسلسل كتاب روايه مسرحيه قصيده اغنيه البوم مجله صحيفه جريده قناه اذاعه",
    "وكاله برنامج موقع حركه تنظيم جماعه حزب منظمه شركه مؤسسه جمعيه حمله عمليه جائزه مهرجان معرض قصه سهم فصيل كتيبه",
    "لواء سفينه طائره فندق مطعم مقهي مشروع مبادره عنوان بعنوان اسم باسم يدعي تسمي يسمي المسماه المسمي شبكه تطبيق",
    "منصه نادي فريق ملعب جسر شريط وثائقي يسميه تسميه مجموعه عناصر تيار جبهه حاجز معسكر سجن قاعده متجر صندوق بنك",
    "مصرف دراسه ندوه مؤتمر مسجد كنيسه شارع ديوان مقال زاويه صفحه حساب هاشتاغ وسم مركز معهد مدرسه دار هيئه رابطه",
    "ائتلاف تجمع لقب جيش سرايا كتائب",
)
"""What has a name or a title within quotation marks after it."""


def _forms(past: str, present: str, participle: str) -> Iterator[tuple[str, str, bool]]:
    weak = past[-1] in "يا" and len(past) > 2
    stem = past[:-1] if weak else past
    for form, feminine in ((past, False), (stem + "ت", True), (stem + "وا", False), (stem + "تا", True)):
        yield form, VERB, feminine
    if len(past) > 3:
        yield stem + "ن", VERB, True
    rest = present[1:]
    for form, feminine in ((present, False), ("ت" + rest, True), (present.removesuffix("ي") + "ون", False)):
        yield form, VERB, feminine
    if len(participle) > 1:
        yield participle + "ا", ALONGSIDE, False
        yield participle + "ه", ALONGSIDE, True
        yield participle.removesuffix("ي") + "ين", ALONGSIDE, False


def _listed_forms() -> Iterator[tuple[str, str, str, bool]]:
    for line in _VERBS.replace("\n", "|").strip("|").split("|"):
        past, present, participle = line.split()
        for form, sort, feminine in _forms(past, present, participle):
            yield form, sort, past, feminine
    for sort, pairs in ((VERB, _OTHER_FORMS), (NOUN, _NOUNS)):
        for pair in pairs.split():
            form, _, verb = pair.partition(":")
            yield form, sort, verb, form.endswith("ها" if sort == NOUN else ("ته", "تها", "تني", "تنا"))
    for form in _AFTERWARDS:
        yield form, AFTERWARDS, form, False


def _sayings() -> dict[str, Saying]:
    found: dict[str, Saying] = {}
    forms = list(_listed_forms())
    for form, sort, verb, feminine in forms:
        found.setdefault(form, Saying(sort, verb, 0, feminine))
    for form, sort, verb, feminine in forms:
        for before in "وف" if sort != NOUN else "وب":
            found.setdefault(before + form, Saying(sort, verb, 1, feminine))
        if sort == VERB and form[0] in "يت" and len(form) > 4:
            found.setdefault("ل" + form, Saying(sort, verb, 1, feminine))
    for form in _NO_SAYING:
        found.pop(form, None)
    return found


_NO_SAYING: Final = listed(
    "والقول عبر يذكر ويذكر تذكر وتذكر متحدثا متحدثه ومتحدثا بين تبين سالت فبين ذاكره قدرا تعد يعد وتعد ويعد تعدا",
    "فيعد وفيين متحدثين حسبه تابعين مقترحا معلقه مقدرا مقدره ردا رده زادت خلصا وردا تردد ترد نقله قائلون ناقله",
    "كاشفين معيدا وعد كتبا كتبه وعدا ذكرا تذكره دونوا دون ودون شارحه محصيا مقره وقرا رايا وفقه عقب وعقب زاد سمي",
    "هاتفا هاتفه تسمي يسمي خاتما خاتمه مجدده مجددا فمجددا ومجددا متابعين",
)
"""Forms that are other words more often."""
SAYING: Final = _sayings()
"""Every written form of a word of saying, و, ف and the like before it included."""
FEELINGS: Final = listed("اعرب عبر ابدي")
"""Verbs that carry what is said together with a noun: أعرب عن أمله في أن."""
TRANSITIVE: Final = listed(
    "انكر هنا كذب عاتب نعي رثي حيا ايد دحض لخص اوصي انتقد استنكر ندد ادان كرر تعهد روي رحب دعا ناشد وصف وعد توعد",
    "اتهم طالب حث حض هدد طمان ابلغ حذر اعتبر اهاب سمي اخبر نصح اعلن رفض استبعد خاطب قدر",
)
"""Verbs with somebody or something else after who speaks: دعا الوزير الأطراف إلى."""
FELT: Final = listed(
    "امله املها املهم اعتقاده اعتقادها استعداده استعدادها قلقه قلقها خشيته خشيتها ثقته ثقتها تخوفه تخوفها مخاوفه",
    "قناعته قناعتها اسفه اسفها استغرابه استغرابها رغبته رغبتها رايه رايها",
)
MEDIA: Final = listed(
    "تسجيل تعميم بلاغ برقيه بيان مءتمر مؤتمر تصريح تصريحات كلمه خطاب تغريده مقابله تدوينه رساله حديث لقاء منشور",
    "اتصال",
)
"""In what is spoken: …، في تسجيل صوتي tells of the saying, not of what is said."""
