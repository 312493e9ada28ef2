/* placeholder */ int usher_example_c_placeholder;
