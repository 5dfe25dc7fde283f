"""What is said as a noun, not as a clause: أعلن الجيش مقتل ثلاثة; where that noun stands."""

from __future__ import annotations

import re
from typing import Final

from app.suggest.words import listed

_SHAPES: Final = re.compile("ت..ي.|ت..ي.ه|ا.ت.ا.|ان..ا.|است..ا.|ا..ا.|م..{2}له|ت.{2}ل")
"""How verbal nouns are written: تعليق, افتتاح, انسحاب, استهداف, إرسال."""
_KNOWN: Final = listed(
    "عبور فرض خفض حجب حصر سحب صرف ضخ منح وضع تخلي مقتل مصرع اصابه وفاه وجود عدم فتح انتشال فقدان سقوط وقوع وصول",
    "تقدم بدء رفع زياده ارتفاع انخفاض اعاده اقامه اقاله استقاله ادانه ازاله منع حظر وقف قرب دخول خروج عوده نزوح غرق",
    "نجاح فشل استمرار تسجيل انتهاء تلقي تمديد مواصله مشاركه مغادره ضبط نقل حجز قطع نشر خسائر تاجيل الغاء انشاء بناء",
    "اجلاء اطلاق اغلاق افتتاح بقاء تراجع تورط تعرض تلقيح توقف تضرر تحطم اندلاع هدم تدمير شن قصف اسر خطف تحرير سيطره",
    "استعاده هروب فرار مرور عقد صدور حصول ظهور ولاده تاسيس تزايد تفاقم تدهور نفاد نقص اعتماد مصادره محاكمه ملاحقه",
    "معالجه مراجعه متابعه محاسبه مباشره مواجهه مقاطعه مضاعفه تغيير تسلم تسليم رفض توافر حدوث خلو ثبوت حل دفع موت",
    "رحيل فوز خساره هبوط سماع قيام نيه رغبه بلوغ ورود شروع ضلوع خطوره نشوب شراء بيع تبني تعافي ثبات اكتمال جاهزيه",
    "لجوء صعود نمو تباطؤ جهوزيه عجز قتل جرح تشريد احباط اسقاط انقاذ احراز توصل",
)
_OTHERS: Final = listed(
    "اتحاد ائتلاف انصار اطباء احزاب اخوان اعضاء اعلام اسلام اصحاب اقطاب ازلام اطراف اسواق ارقام تنظيم تقرير تحالف",
    "تلميذ ترتيب اهالي افراد اقارب اشقاء امناء تكتيك اخصاء اثناء ارهاب انباء اقليم امثال اساتذ تاريخ اعمال ابناء",
    "اقباط اكراد امراء ادباء اعيان انحاء ارباب اجهزه اذاعه اداره اماره ايران افغان البان ابراج تمرين انسان اوساط",
    "ايطال اشخاص ارجاء تسعير احياء اسباب احوال",
)
"""Words of such a shape that are none."""
BODIES: Final = listed(
    "نقابه رابطه جمعيه اتحاد نادي محكمه نيابه بلديه حكومه رءاسه رئاسه سلطات شرطه بعثه سفاره جامعه مستشفي مصرف قوات",
    "مؤسسه وكاله لجان اداره ولايه امانه مفوضيه منظومه كتله تجمع ائتلاف نواب هيئه لجنه وزاره مكتب مركز فريق جهاز",
    "مديريه قياده وحده شركه حركه مجلس قسم دائره غرفه منظمه برنامج مشروع دار حمله",
)
"""Words that another noun belongs to: هيئة تحرير."""


def begins_a_noun_clause(word: str, before: str, written: str) -> bool:
    """Whether `word`, after the word `before`, may begin what is said as a noun; `written` is its first letter.

    أعمال is a plural, إعمال what is done: they are told apart by their hamza.
    """
    if word in _OTHERS or before in BODIES or word.startswith("ال"):
        return False
    return word in _KNOWN or (written != "أ" and _SHAPES.fullmatch(word) is not None)


def carries_a_noun(word: str) -> bool:
    """Whether `word` begins what is said as a noun, even where nobody is named before it."""
    return word in _KNOWN
