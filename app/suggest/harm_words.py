"""Words that tell of harm done to people, folded and without clitics, by what became of them."""

from __future__ import annotations

from typing import Final

from app.suggest.words import listed

KILLED, INJURED, MISSING, CAPTURED, DISPLACED = "killed", "injured", "missing", "captured", "displaced"


def _table(**lines: str) -> dict[str, str]:
    return {word: outcome for outcome, line in lines.items() for word in listed(line)}


VICTIM_AFTER: Final = _table(
    killed="""قتل قتلت قتلوا قتلا قتلتا قتلن يقتل تقتل مقتل مصرع استشهد استشهدت استشهدوا استشهدا استشهاد توفي توفيت
    توفوا توفيا وفاه مات ماتت ماتوا موت قضي قضت قضوا اغتيل اغتيلت اغتيال اغتال اغتالت اعدم اعدمت اعدام غرق غرقت لقي
    لقيت لقوا لفظ لفظت بحياه بارواح ارواح ضحيته ضحيتها جثه جثامين جثمان رفات اردت اردي قنص ذبح دهس حتف
    اودي اودت""",
    injured="""اصيب اصيبت اصيبوا اصيبا اصابه اصاب اصابت جرح جرحت جرحوا جرحا جرحي طعن""",
    missing="فقد فقدت فقدوا فقدان اختفاء اختفي اختفت فقدوا",
    captured="""اعتقل اعتقلت اعتقلوا اعتقال احتجز احتجزت احتجاز اسر اسرت خطف خطفت خطفوا اختطف اختطفت اختطاف اوقف
    اوقفت توقيف يعتقل تعتقل يحتجز تحتجز""",
    displaced="نزح نزحت نزحوا نزوح شرد شردت تشريد تهجير هجر هجرت فر فرار لجا لجات",
)
"""Verbs and nouns whose victims come after them: قتل 3, مقتل جندي, إصابة خمسة."""

VICTIM: Final = _table(
    killed="""قتيل قتيلا قتيله قتلي قتيلين قتيلان شهيد شهيدا شهداء شهيدين شهيدان شهيده جثه جثث جثتين جثتان جثامين وفاه
    وفيات ضحيه ضحايا ضحيتين ضحيتان قتيلتين""",
    injured="جريح جريحا جريحه جرحي جريحين جريحان مصاب مصابا مصابه مصابين مصابون مصابات اصابه اصابات اختناق",
    missing="مفقود مفقودا مفقودين مفقودون",
    captured="اسير اسيرا اسري رهينه رهائن مختطف مختطفين مختطفا معتقل معتقلا معتقلين محتجز محتجزا محتجزين",
    displaced="نازح نازحا نازحين نازحون نازحه مشرد مشردا مشردين مهجر مهجرا مهجرين لاجئ لاجئا لاجئين",
)
"""Nouns that say by themselves what became of those they count: 46 قتيلا."""

ENDED_BY: Final = {
    **dict.fromkeys(listed("مصرعه مصرعها مصرعهم مصرعهما حتفه حتفها حتفهم انفاسه انفاسها انفاسهم"), KILLED),
    **dict.fromkeys(listed("مفقودين مفقودا المفقودين مجهولا"), MISSING),
}
NEEDS_ITS_END: Final = {"لقي", "لقيت", "لقوا", "لفظ", "لفظت"}
"""لقي 3 أشخاص is harm where مصرعهم follows."""
NEEDS_A_COUNT: Final = listed(
    "اعدام فر فرار لجا لجات اوقف اوقفت توقيف غرق غرقت هجر قضي قضت ارواح فقد فقدت فقدان اصاب اصابت طعن موت بارواح"
    " يقتل تقتل جثه رفات اودي اودت"
)
"""Words that are of harm where somebody is counted, and of much else where nobody is."""
LEADS_IN: Final = listed("خلف خلفت اوقع اوقعت يوقع حصد حصدت")
"""A verb that belongs to the number of victims after it: خلّف قتيلين."""
WITH_HARM: Final = listed("بجروح بجراح باصابات بحروق بكسور باختناق باختناقات بالرصاص اصابات")
GRAVE: Final = listed(
    "خطيره خطره بليغه متفاوته طفيفه متوسطه بالغه حرجه خفيفه الخطوره الحي حالات شديده قاتله المطاطي طفيف"
)
NOT: Final = listed(
    "التخطيط بالتخطيط لم لن لا دون بدون عدم اي نفي نفت كاد",
    "تكاد محاوله بمحاوله تهديد هدد تخطيط لتخطيط خطه لو قد احتمال",
)
AMONG: Final = listed("بينهم بينهن بينها ضمنهم ضمنها بينهما")
HARMED_BEFORE: Final = _table(
    killed="قتلوا قتلا قتلن توفوا توفيا استشهدوا استشهدا ماتوا قضوا لقوا غرقوا اعدموا اغتيلوا",
    injured="اصيبوا اصيبا اصبن جرحوا جرحا",
    captured="اعتقلوا احتجزوا خطفوا اسروا",
    missing="فقدوا",
    displaced="نزحوا شردوا هجروا نزحت شردت هجرت",
)
"""Verbs in the plural, whose victims stand before them: 19 عاملا أصيبوا."""
OPENS: Final = listed("اودت اودي اودا راح راحت حصد حصدت")
"""Verbs that belong to the word of harm after them: أودت بحياة, راح ضحيتها."""
FATE_OF_ONE: Final = listed("مصرعه مصرعها حتفه حتفها")
ORDINALS: Final = listed("ثالث ثالثه رابع رابعه خامس خامسه سادس سادسه سابع سابعه ثامن تاسع عاشر")
"""One more, after others who were counted: إصابة رابع."""
TOLL: Final = listed("قتلي جرحي شهداء ضحايا وفيات مفقودين مصابين نازحين رهائن معتقلين اسري مفقودون مصابون")
"""Victims whose number may stand after them: القتلى ثمانية, عدد المفقودين 11."""
TO_A_TOLL: Final = listed("الي بلغ عند تجاوز حتي وعددها وعددهم عددهم بلغت")
NO_PEOPLE: Final = listed(
    "نحله راس راسا نخله شجره حيوان حيوانا دجاجه طائر طائرا سمكه بقره بقرات اغنام خروف جملا حصان كلب كلبا قطه ماشيه",
    "سياره سيارات مركبه مركبات منزل منزلا منازل مبني طائره طائرات مسيره مسيرات دبابه دبابات اليه اليات صاروخا صواريخ",
    "دولار دولارا ريال ليره جنيه كيلومتر كيلومترا متر مترا هكتار هكتارا دقيقه ساعه يوما عاما سنه شهرا",
)
"""What is counted and is nobody: 40 ألف نحلة."""
ILL: Final = listed("مؤكده جديده بالفيروس بفيروس بكورونا بالكوليرا بالحصبه بحمي بالمرض بالسرطان بالملاريا")
"""After إصابة: somebody is ill, and came to no harm."""
